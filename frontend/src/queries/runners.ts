import { useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { listRunners } from '@/api/runners'
import type { Runner } from '@/api/types'

const PAGE_SIZE = 100
/** Events tell of changes at once (see `live.ts`); this is for when each was seen last. */
const REFRESH_MS = 10_000

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

async function allRunners(signal: AbortSignal): Promise<{ runners: Runner[] }> {
  const runners: Runner[] = []
  let cursor: string | undefined
  do {
    const page = await listRunners({ cursor, limit: PAGE_SIZE }, signal)
    runners.push(...page.runners)
    cursor = page.next_cursor
  } while (cursor !== undefined)
  return { runners }
}
