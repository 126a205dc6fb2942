import { request, requestJson } from './client'
import type { RunFilter } from '@/domain/runFilter'
import type { AuthOptions, Run, RunPage, TeamToken } from './types'

export interface Credentials {
  slug: string
  password: string
}

export interface NewTeam extends Credentials {
  name: string
}

export interface RunListRequest extends RunFilter {
  cursor: string | undefined
  limit: number
}

export const authOptions = (signal?: AbortSignal) =>
  requestJson<AuthOptions>('/auth/options', withSignal(signal))

export const login = (credentials: Credentials) =>
  requestJson<TeamToken>('/teams/login', { method: 'POST', body: credentials })

export const signUp = (team: NewTeam) =>
  requestJson<TeamToken>('/teams/signup', { method: 'POST', body: team })

export const listRuns = (
  { statuses, app, text, cursor, limit }: RunListRequest,
  signal?: AbortSignal,
) =>
  requestJson<RunPage>('/runs', {
    query: {
      status: statuses.length ? statuses.join(',') : undefined,
      app,
      q: text,
      cursor,
      limit,
    },
    ...withSignal(signal),
  })

export const getRun = (runId: number, signal?: AbortSignal) =>
  requestJson<Run>(`/runs/${runId}`, withSignal(signal))

export const cancelRun = (runId: number) =>
  requestJson<Run>(`/runs/${runId}/cancel`, { method: 'POST' })

/** The run's events as they come; the answer's body is a stream of Server-Sent Events. */
export const openRunEvents = (runId: number, lastEventId: string | null, signal: AbortSignal) =>
  request(`/runs/${runId}/events`, {
    headers: {
      Accept: 'text/event-stream',
      ...(lastEventId === null ? {} : { 'Last-Event-ID': lastEventId }),
    },
    signal,
  })

const withSignal = (signal?: AbortSignal) => (signal === undefined ? {} : { signal })
