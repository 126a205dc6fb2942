import { useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, shallowRef, toValue, triggerRef, watch } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import { followRun, type FollowState } from '@/api/runEvents'
import type { LogEntry } from '@/api/types'
import { applyRunEvent } from '@/queries/runs'

/** A line, or the heading before the lines of a further attempt. */
export type LogRow = LogEntry | { attemptHeading: number }

/** The run's log, live. Changes of the run that come along go to the query cache. */
export function useRunLog(runId: MaybeRefOrGetter<number>) {
  const client = useQueryClient()
  const rows = shallowRef<LogRow[]>([])
  const state = shallowRef<FollowState>('connecting')
  const error = shallowRef<Error | null>(null)
  let controller = new AbortController()

  function start(): void {
    controller.abort()
    controller = new AbortController()
    rows.value = []
    error.value = null
    const id = toValue(runId)
    void followRun(
      id,
      {
        onRun: (run) => applyRunEvent(client, run),
        onLines: (lines) => {
          append(rows.value, lines)
          triggerRef(rows)
        },
        onState: (next, cause) => {
          state.value = next
          error.value = cause ?? null
        },
      },
      controller.signal,
    )
  }

  watch(() => toValue(runId), start, { immediate: true })
  onScopeDispose(() => controller.abort())

  const isLive = computed(() => state.value === 'live')
  return { rows, state, error, isLive, restart: start }
}

function append(rows: LogRow[], lines: readonly LogEntry[]): void {
  for (const line of lines) {
    const last = rows.at(-1)
    const lastAttempt = last === undefined || 'attemptHeading' in last ? 1 : last.attempt_no
    if (line.attempt_no !== lastAttempt) {
      rows.push({ attemptHeading: line.attempt_no })
    }
    rows.push(line)
  }
}
