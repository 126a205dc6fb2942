import { useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { followRun, type FollowState } from '@/api/runEvents'
import { perFrame } from '@/composables/perFrame'
import { applyRunEvent } from './run'
import { RunLogStore, type RunLog } from './runLogStore'

/** The log of the chosen attempt, live; changes of the run that come along go to the query cache. */
export function useRunLog(runId: number, attempt: Readonly<Ref<number | undefined>>) {
  const client = useQueryClient()
  const state = shallowRef<FollowState>('connecting')
  const error = shallowRef<Error | null>(null)
  const store = new RunLogStore(
    runId,
    perFrame(() => (log.value = store.log)),
  )
  const log = shallowRef<RunLog>(store.log)
  let following = new AbortController()

  function follow(): void {
    following = new AbortController()
    const handlers = {
      onRun: applyRunEvent.bind(null, client),
      onLog: store.take.bind(store),
      onPlaced: store.placed.bind(store),
      onState: (next: FollowState, cause?: Error) => {
        state.value = next
        error.value = cause ?? null
      },
    }
    void followRun(runId, handlers, following.signal)
  }

  /** What failed is asked for once more: the run's events, a part of its log, or both. */
  function retry(): void {
    if (state.value === 'failed') {
      follow()
    }
    store.retry()
  }

  follow()
  watch(attempt, (chosen) => store.choose(chosen), { immediate: true })
  watch(state, (next) => {
    if (next === 'live' && log.value.error !== null) {
      store.retry()
    }
  })
  onScopeDispose(() => {
    following.abort()
    store.stop()
  })

  const isLive = computed(() => state.value === 'live')
  const look = (from: number, to: number) => store.look(from, to)
  return { log, state, error, isLive, look, retry }
}
