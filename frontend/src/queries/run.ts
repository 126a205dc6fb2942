import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { cancelRun, getRun } from '@/api/endpoints'
import { downloadLogs } from '@/api/logs'
import type { Run } from '@/api/types'
import { isTerminal } from '@/domain/runStatus'
import { remember } from './recentRuns'
import { changeRunsInLists } from './runList'
import { runKeys } from './runKeys'

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

/** The whole log of a run, as a file that the browser saves. */
export function useDownloadLogs() {
  return useMutation({
    mutationFn: async ({ run_id, app_slug, run_no }: Run) => {
      save(await downloadLogs(run_id), `${app_slug}-${run_no}.log`)
    },
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
  remember(run)
  changeRunsInLists(client, [run])
}

function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has begun to read it before anything that was queued later runs.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
