import { request, requestJson } from './client'
import type { LogHits, LogPage } from './types'

export interface LogQuery {
  /** Without it, the newest attempt that has logs. */
  attempt?: number
  afterSeq?: number
  limit?: number
  /** As many lines of its end; instead of the two before. */
  tail?: number
}

export const getLogs = (runId: number, query: LogQuery, signal?: AbortSignal) =>
  requestJson<LogPage>(`/runs/${runId}/logs`, {
    query: {
      attempt: query.attempt,
      after_seq: query.afterSeq,
      limit: query.limit,
      tail: query.tail,
    },
    ...(signal === undefined ? {} : { signal }),
  })

/** All attempts' lines as a file. */
export async function downloadLogs(runId: number): Promise<Blob> {
  const response = await request(`/runs/${runId}/logs/download`, {
    headers: { Accept: 'text/plain' },
  })
  return response.blob()
}

export interface LogSearchQuery {
  attempt: number
  text: string
  afterSeq: number
}

/** The numbers of lines that hold the text; as many as the server finds at once. */
export const searchLogs = (
  runId: number,
  { attempt, text, afterSeq }: LogSearchQuery,
  signal?: AbortSignal,
) =>
  requestJson<LogHits>(`/runs/${runId}/logs/search`, {
    query: { q: text, attempt, after_seq: afterSeq },
    ...(signal === undefined ? {} : { signal }),
  })
