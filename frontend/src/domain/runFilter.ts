import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { Run, RunStatus } from '@/api/types'
import { parseStatuses } from './runStatus'

/** Which runs a list shows. */
export interface RunFilter {
  statuses: readonly RunStatus[]
  app?: string
  text?: string
}

/** From the address; what makes no sense there is left out. */
export function filterOf(query: LocationQuery): RunFilter {
  const { app, q } = query
  return {
    statuses: parseStatuses(query.status),
    ...(typeof app === 'string' && app !== '' ? { app } : {}),
    ...(typeof q === 'string' && q.trim() !== '' ? { text: q.trim().slice(0, 200) } : {}),
  }
}

export function queryOf({ statuses, app, text }: RunFilter): LocationQueryRaw {
  return {
    ...(statuses.length > 0 ? { status: statuses.join(',') } : {}),
    ...(app === undefined ? {} : { app }),
    ...(text === undefined ? {} : { q: text }),
  }
}

export function isUnfiltered({ statuses, app, text }: RunFilter): boolean {
  return statuses.length === 0 && app === undefined && text === undefined
}

/**
 * Whether the run belongs into the list; null if only the server knows, which is the case for a text
 * as long as nothing else keeps the run out.
 */
export function belongs(run: Run, { statuses, app, text }: RunFilter): boolean | null {
  const fits =
    (statuses.length === 0 || statuses.includes(run.status)) &&
    (app === undefined || app === run.app_slug)
  return fits && text !== undefined ? null : fits
}
