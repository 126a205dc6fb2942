import { requestJson } from './client'
import type { AppPage, QueueStats, RunStats, RunSummary } from './types'

export const runStats = (hours: number, signal?: AbortSignal) =>
  requestJson<RunStats>('/stats/runs', { query: { hours }, signal })

export const queueStats = (signal?: AbortSignal) =>
  requestJson<QueueStats>('/stats/queue', { signal })

export const runSummary = (signal?: AbortSignal) =>
  requestJson<RunSummary>('/runs/summary', { signal })

export const firstApps = (limit: number, signal?: AbortSignal) =>
  requestJson<AppPage>('/apps', { query: { limit }, signal })
