import { useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { followRun, type FollowState } from '@/api/runEvents'
import type { LogEntry } from '@/api/types'
import { applyRunEvent } from '@/queries/runs'

/** A line, or the heading before the lines of a further attempt. */
export type LogRow = LogEntry | { attemptHeading: number }

/** What there is of the log. The rows only ever grow, in place; each growth makes a new RunLog. */
export interface RunLog {
  rows: readonly LogRow[]
  lineCount: number
}

/** The run's log, live. Changes of the run that come along go to the query cache. */
export function useRunLog(runId: MaybeRefOrGetter<number>) {
  const client = useQueryClient()
  const log = shallowRef<RunLog>({ rows: [], lineCount: 0 })
  const state = shallowRef<FollowState>('connecting')
  const error = shallowRef<Error | null>(null)
  let controller = new AbortController()

  function start(): void {
    controller.abort()
    controller = new AbortController()
    const rows: LogRow[] = []
    let lineCount = 0
    log.value = { rows, lineCount }
    void followRun(
      toValue(runId),
      {
        onRun: (run) => applyRunEvent(client, run),
        onLines: (lines) => {
          append(rows, lines)
          lineCount += lines.length
          log.value = { rows, lineCount }
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
  return { log, state, error, isLive, restart: start }
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
