import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { searchApps, searchRuns } from '@/api/search'

const APPS = 8
const RUNS = 6

/** Apps and runs that the text finds; nothing is asked for as long as there is none. */
export function useSearch(text: MaybeRefOrGetter<string>) {
  const wanted = computed(() => toValue(text).trim())
  const options = {
    enabled: () => wanted.value !== '',
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  }
  const apps = useQuery({
    queryKey: computed(() => ['search', 'apps', wanted.value]),
    queryFn: ({ signal }) => searchApps(wanted.value, APPS, signal),
    ...options,
  })
  const runs = useQuery({
    queryKey: computed(() => ['search', 'runs', wanted.value]),
    queryFn: ({ signal }) => searchRuns(wanted.value, RUNS, signal),
    ...options,
  })
  return {
    apps: computed(() => (wanted.value === '' ? [] : (apps.data.value?.apps ?? []))),
    runs: computed(() => (wanted.value === '' ? [] : (runs.data.value ?? []))),
    isSearching: computed(() => apps.isFetching.value || runs.isFetching.value),
    error: computed(() => apps.error.value ?? runs.error.value),
  }
}
