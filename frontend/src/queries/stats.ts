import { useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { firstApps, queueStats, runStats, runSummary } from '@/api/stats'

/** Events have these asked for again (see `live.ts`); the intervals are for what no event tells. */
const HOUR_TURNS_MS = 60_000
const RUNNERS_GO_MS = 15_000
const FIRST_STEPS_MS = 4_000

/** How runs ended, hour by hour. */
export function useRunHours(hours: number) {
  return useQuery({
    queryKey: ['stats', 'runs', hours],
    queryFn: ({ signal }) => runStats(hours, signal),
    refetchInterval: HOUR_TURNS_MS,
  })
}

/** What waits, what runs and who is there for it, by environment. */
export function useQueue() {
  return useQuery({
    queryKey: ['stats', 'queue'],
    queryFn: ({ signal }) => queueStats(signal),
    refetchInterval: RUNNERS_GO_MS,
  })
}

export function useRunSummary() {
  return useQuery({
    queryKey: ['runs', 'summary'],
    queryFn: ({ signal }) => runSummary(signal),
  })
}

/** Whether there is an app yet; no event tells of a new one. */
export function useFirstApps(enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: ['apps', 'first'],
    queryFn: ({ signal }) => firstApps(20, signal),
    enabled: () => toValue(enabled),
    refetchInterval: FIRST_STEPS_MS,
  })
}
