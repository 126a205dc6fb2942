import {
  keepPreviousData,
  useInfiniteQuery,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { listRuns } from '@/api/endpoints'
import type { Run, RunPage } from '@/api/types'
import type { RunFilter } from '@/domain/runFilter'
import { withChangedRun } from '@/domain/runPages'
import { heardSince, newest } from './recentRuns'
import { runKeys } from './runKeys'

const PAGE_SIZE = 50
/** A search may find nothing on a page and still have more to look through. */
const PAGES_SEARCHED_AT_ONCE = 5

type RunPages = InfiniteData<RunPage, string | undefined>

const listKey = (filter: RunFilter) => [...runKeys.lists(), filter] as const

/** The team's runs, newest first, page after page. Events keep them fresh (see `live.ts`). */
export function useRunList(filter: MaybeRefOrGetter<RunFilter>) {
  const query = useInfiniteQuery({
    queryKey: computed(() => listKey(toValue(filter))),
    queryFn: ({ pageParam, signal }) => fetchPage(toValue(filter), pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  })
  const runs = computed(() => query.data.value?.pages.flatMap((page) => page.runs) ?? [])
  return { ...query, runs }
}

async function fetchPage(filter: RunFilter, from: string | undefined, signal: AbortSignal) {
  const askedAt = Date.now()
  const found: Run[] = []
  let cursor = from
  for (let page = 0; page < PAGES_SEARCHED_AT_ONCE; page++) {
    const answer = await listRuns({ ...filter, cursor, limit: PAGE_SIZE }, signal)
    found.push(...answer.runs)
    cursor = answer.next_cursor
    if (cursor === undefined || found.length >= PAGE_SIZE / 2) {
      break
    }
  }
  const runs = found.map(newest)
  const page: RunPage = cursor === undefined ? { runs } : { runs, next_cursor: cursor }
  return from === undefined ? withRunsHeardOf(page, filter, askedAt) : page
}

/** Events that came while the first page was on its way found no list to change. */
function withRunsHeardOf(page: RunPage, filter: RunFilter, askedAt: number): RunPage {
  const isListed = (run: Run) => page.runs.some(({ run_id }) => run_id === run.run_id)
  return heardSince(askedAt)
    .filter((run) => !isListed(run))
    .reduce((one, run) => withChangedRun([one], run, filter)[0] ?? one, page)
}

/** Takes changed runs into every list that is loaded. */
export function changeRunsInLists(client: QueryClient, runs: readonly Run[]): void {
  for (const [key, data] of client.getQueriesData<RunPages>({ queryKey: runKeys.lists() })) {
    if (data !== undefined) {
      const filter = key.at(-1) as RunFilter
      const pages = runs.reduce((all, run) => withChangedRun(all, run, filter), data.pages)
      client.setQueryData<RunPages>(key, { ...data, pages })
    }
  }
}
