import { useQuery, type QueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { listRunners } from '@/api/runners'
import type { Runner } from '@/api/types'

const PAGE_SIZE = 100
const REFRESH_MS = 5_000

export const runnerKeys = { list: ['runners'] as const }

/** All runners by name; only admins may ask. */
export function useRunners(enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: runnerKeys.list,
    queryFn: ({ signal }) => allRunners(signal),
    enabled: () => toValue(enabled),
    refetchInterval: REFRESH_MS,
  })
}

async function allRunners(signal: AbortSignal): Promise<Runner[]> {
  const runners: Runner[] = []
  let cursor: string | undefined
  do {
    const page = await listRunners({ cursor, limit: PAGE_SIZE }, signal)
    runners.push(...page.runners)
    cursor = page.next_cursor
  } while (cursor !== undefined)
  return runners
}

/** Takes in what an event says about a runner; a list that nobody has asked for stays unasked. */
export function applyRunnerEvent(client: QueryClient, runner: Runner): void {
  client.setQueryData<Runner[]>(runnerKeys.list, (old) =>
    old === undefined
      ? undefined
      : [...old.filter(({ runner_id }) => runner_id !== runner.runner_id), runner].sort((a, b) =>
          a.name < b.name ? -1 : 1,
        ),
  )
}
