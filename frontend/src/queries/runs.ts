import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { cancelRun, getRun } from '@/api/endpoints'
import type { Run } from '@/api/types'
import { isTerminal } from '@/domain/runStatus'

export const runKeys = {
  all: ['runs'] as const,
  lists: () => [...runKeys.all, 'list'] as const,
  detail: (runId: number) => [...runKeys.all, 'detail', runId] as const,
}

/** A run, polled until it can no longer change; `live` says that its events come by other means. */
export function useRun(runId: MaybeRefOrGetter<number>, live: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: computed(() => runKeys.detail(toValue(runId))),
    queryFn: ({ signal }) => getRun(toValue(runId), signal),
    refetchInterval: ({ state }) => {
      const isOver = state.data !== undefined && isTerminal(state.data.status)
      return isOver || toValue(live) ? false : 2_000
    },
  })
}

export function useCancelRun() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: cancelRun,
    onSuccess: (run) => applyRunEvent(client, run),
  })
}

/** Takes in what an event or an answer says about a run; asks for the attempts where they are left out. */
export function applyRunEvent(client: QueryClient, run: Run): void {
  const key = runKeys.detail(run.run_id)
  client.setQueryData<Run>(key, (old) => {
    const attempts = run.attempts ?? old?.attempts
    return attempts === undefined ? run : { ...run, attempts }
  })
  if (run.attempts === undefined) {
    void client.invalidateQueries({ queryKey: key })
  }
  void client.invalidateQueries({ queryKey: runKeys.lists(), refetchType: 'none' })
}
