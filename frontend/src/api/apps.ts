import { request, requestJson } from './client'
import type { App, AppChanges, AppPage, NewApp, NewRun, Run, Version, VersionPage } from './types'

export interface AppFilter {
  q?: string
  cursor?: string
  limit?: number
}

/** With what its last runs say of each. */
export const listApps = ({ q, cursor, limit }: AppFilter, signal?: AbortSignal) =>
  requestJson<AppPage>('/apps', {
    query: { stats: 'true', q: q === '' ? undefined : q, cursor, limit },
    ...withSignal(signal),
  })

export const getApp = (app: string, signal?: AbortSignal) =>
  requestJson<App>(`/apps/${app}`, { query: { stats: 'true' }, ...withSignal(signal) })

export const createApp = (app: NewApp) => requestJson<App>('/apps', { method: 'POST', body: app })

export const updateApp = (app: string, changes: AppChanges) =>
  requestJson<App>(`/apps/${app}`, { method: 'PATCH', body: changes })

export const listVersions = (
  app: string,
  page: { cursor?: string; limit?: number },
  signal?: AbortSignal,
) => requestJson<VersionPage>(`/apps/${app}/versions`, { query: page, ...withSignal(signal) })

export const getVersion = (app: string, versionNo: number, signal?: AbortSignal) =>
  requestJson<Version>(`/apps/${app}/versions/${versionNo}`, withSignal(signal))

export const getArtifact = async (app: string, versionNo: number) =>
  (
    await request(`/apps/${app}/versions/${versionNo}/artifact`, {
      headers: { Accept: 'application/gzip, application/json' },
    })
  ).blob()

/** The same key and body again give the run that the first request started. */
export const startRun = (app: string, run: NewRun, idempotencyKey: string) =>
  requestJson<Run>(`/apps/${app}/runs`, {
    method: 'POST',
    body: run,
    headers: { 'Idempotency-Key': idempotencyKey },
  })

const withSignal = (signal?: AbortSignal) => (signal === undefined ? {} : { signal })
