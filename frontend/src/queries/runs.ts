import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { cancelRun, getRun, listRuns } from '@/api/endpoints'
import type { Run, RunStatus } from '@/api/types'
import { isTerminal } from '@/domain/runStatus'

const PAGE_SIZE = 50
/** Beyond this many pages each refresh would cost too much to do often. */
const PAGES_KEPT_FRESH = 2

export const runKeys = {
  all: ['runs'] as const,
  lists: () => [...runKeys.all, 'list'] as const,
  list: (statuses: readonly RunStatus[]) => [...runKeys.lists(), statuses] as const,
  detail: (runId: number) => [...runKeys.all, 'detail', runId] as const,
}

/** The team's runs, newest first, page after page, kept fresh while one looks at them. */
export function useRuns(statuses: MaybeRefOrGetter<readonly RunStatus[]>) {
  const query = useInfiniteQuery({
    queryKey: computed(() => runKeys.list(toValue(statuses))),
    queryFn: ({ pageParam, signal }) =>
      listRuns({ status: toValue(statuses), cursor: pageParam, limit: PAGE_SIZE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) <= PAGES_KEPT_FRESH ? 3_000 : 30_000,
    placeholderData: keepPreviousData,
  })
  const runs = computed(() => query.data.value?.pages.flatMap((page) => page.runs) ?? [])
  return { ...query, runs }
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
