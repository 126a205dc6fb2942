import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import {
  createApp,
  getApp,
  getArtifact,
  getVersion,
  listApps,
  listVersions,
  startRun,
  updateApp,
} from '@/api/apps'
import type { App, AppChanges, AppPage, NewRun, Version } from '@/api/types'
import { uploadVersion, type UploadOptions } from '@/api/upload'
import { applyRunEvent } from './run'

const PAGE_SIZE = 50
/** Events have the figures asked for again (see `live.ts`); no event tells of a new app or version. */
const VERSIONS_COME_MS = 15_000
/** Beyond this many pages each refresh would cost too much to do often. */
const PAGES_KEPT_FRESH = 2

export const appKeys = {
  all: ['apps'] as const,
  lists: () => [...appKeys.all, 'list'] as const,
  list: (q: string) => [...appKeys.lists(), q] as const,
  detail: (app: string) => [...appKeys.all, 'detail', app] as const,
  // By themselves: the end of a run changes what is said of an app, but none of its versions.
  versions: (app: string) => ['versions', 'list', app] as const,
  version: (app: string, versionNo: number) => ['versions', 'detail', app, versionNo] as const,
}

/** The team's apps by name, page after page, with what their last runs say. */
export function useApps(q: MaybeRefOrGetter<string>) {
  const query = useInfiniteQuery({
    queryKey: computed(() => appKeys.list(toValue(q))),
    queryFn: ({ pageParam, signal }) =>
      listApps({ q: toValue(q), cursor: pageParam, limit: PAGE_SIZE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) <= PAGES_KEPT_FRESH && VERSIONS_COME_MS,
    placeholderData: keepPreviousData,
  })
  const apps = computed(() => query.data.value?.pages.flatMap((page) => page.apps) ?? [])
  return { ...query, apps }
}

/** What a list knows of it already stands there until the answer comes. */
export function useApp(app: MaybeRefOrGetter<string>) {
  const client = useQueryClient()
  return useQuery({
    queryKey: computed(() => appKeys.detail(toValue(app))),
    queryFn: ({ signal }) => getApp(toValue(app), signal),
    // An app that is not there won't come by asking again.
    refetchInterval: ({ state }) =>
      state.data === undefined && state.error ? false : VERSIONS_COME_MS,
    placeholderData: () => fromLists(client, toValue(app)),
  })
}

function fromLists(client: QueryClient, slug: string): App | undefined {
  return client
    .getQueriesData<InfiniteData<AppPage>>({ queryKey: appKeys.lists() })
    .flatMap(([, data]) => data?.pages.flatMap(({ apps }) => apps) ?? [])
    .find((app) => app.slug === slug)
}

/** Newest first. */
export function useVersions(
  app: MaybeRefOrGetter<string>,
  enabled: MaybeRefOrGetter<boolean> = true,
) {
  const query = useInfiniteQuery({
    queryKey: computed(() => appKeys.versions(toValue(app))),
    queryFn: ({ pageParam, signal }) =>
      listVersions(toValue(app), { cursor: pageParam, limit: PAGE_SIZE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) <= PAGES_KEPT_FRESH && VERSIONS_COME_MS,
    enabled: () => toValue(enabled),
    staleTime: 5_000,
  })
  const versions = computed(() => query.data.value?.pages.flatMap((page) => page.versions) ?? [])
  return { ...query, versions }
}

/** A version never changes; none is asked for while there is no number. */
export function useVersion(
  app: MaybeRefOrGetter<string>,
  versionNo: MaybeRefOrGetter<number | undefined>,
) {
  return useQuery({
    queryKey: computed(() => appKeys.version(toValue(app), toValue(versionNo) ?? 0)),
    queryFn: ({ signal }) => getVersion(toValue(app), toValue(versionNo) ?? 0, signal),
    enabled: () => toValue(versionNo) !== undefined,
    staleTime: Infinity,
  })
}

export function useCreateApp() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: createApp,
    onSuccess: () => client.invalidateQueries({ queryKey: appKeys.lists() }),
  })
}

export function useUpdateApp(app: MaybeRefOrGetter<string>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (changes: AppChanges) => updateApp(toValue(app), changes),
    onSuccess: (updated) => {
      // The answer leaves out what the last runs say.
      client.setQueryData<App>(appKeys.detail(updated.slug), (old) => ({ ...old, ...updated }))
      void client.invalidateQueries({ queryKey: appKeys.lists() })
    },
  })
}

export function useUploadVersion(app: MaybeRefOrGetter<string>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ file, ...options }: UploadOptions & { file: File }) =>
      uploadVersion(toValue(app), file, options),
    onSuccess: (version) => takeInVersion(client, toValue(app), version),
    // The answer may have got lost behind a version that is there.
    onError: () => refreshApp(client, toValue(app)),
  })
}

function takeInVersion(client: QueryClient, app: string, version: Version): void {
  client.setQueryData(appKeys.version(app, version.version_no), version)
  refreshApp(client, app)
}

function refreshApp(client: QueryClient, app: string): void {
  void client.invalidateQueries({ queryKey: appKeys.detail(app) })
  void client.invalidateQueries({ queryKey: appKeys.versions(app) })
  void client.invalidateQueries({ queryKey: appKeys.lists() })
}

export function useStartRun(app: MaybeRefOrGetter<string>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ run, key }: { run: NewRun; key: string }) => startRun(toValue(app), run, key),
    onSuccess: (run) => {
      applyRunEvent(client, run)
      void client.invalidateQueries({ queryKey: appKeys.detail(toValue(app)) })
    },
  })
}

export function useArtifact(app: MaybeRefOrGetter<string>) {
  return useMutation({ mutationFn: (versionNo: number) => getArtifact(toValue(app), versionNo) })
}
