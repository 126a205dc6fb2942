import { requestJson } from './client'
import { listRuns } from './endpoints'
import type { AppPage, Run } from './types'

/** The server looks through so much at a time and says where to go on: this often is gone on. */
const PAGES = 4

export const searchApps = (text: string, limit: number, signal?: AbortSignal) =>
  requestJson<AppPage>('/apps', { query: { q: text, limit }, signal })

/** The newest runs that the text finds, at most `limit`. */
export async function searchRuns(
  text: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Run[]> {
  const found: Run[] = []
  let cursor: string | undefined
  for (let page = 0; page < PAGES && found.length < limit; page++) {
    const answer = await listRuns({ statuses: [], text, cursor, limit }, signal)
    found.push(...answer.runs)
    cursor = answer.next_cursor
    if (cursor === undefined) {
      break
    }
  }
  return found.slice(0, limit)
}
