import { requestJson } from './client'
import type { RunnerPage } from './types'

export const listRunners = (
  page: { cursor: string | undefined; limit: number },
  signal?: AbortSignal,
) => requestJson<RunnerPage>('/admin/runners', { query: page, signal })
