import type { Run } from '@/api/types'
import { isTerminal } from '@/domain/runStatus'

const KEPT = 500
/** What was heard of runs last, oldest first, and when. */
const heard = new Map<number, { run: Run; at: number }>()

/**
 * Remembers what an event or an answer said, so that another answer, on its way since before, neither
 * hides a new run nor brings an ended one back to life.
 */
export function remember(run: Run): void {
  heard.delete(run.run_id)
  heard.set(run.run_id, { run, at: Date.now() })
  const [oldest] = heard.keys()
  if (heard.size > KEPT && oldest !== undefined) {
    heard.delete(oldest)
  }
}

/** The run as an answer tells it, unless it is known to have ended: an end is final. */
export function newest(run: Run): Run {
  const known = heard.get(run.run_id)?.run
  return known !== undefined && isTerminal(known.status) && !isTerminal(run.status) ? known : run
}

/** The runs that were heard of since, in milliseconds since 1970; an answer to an older question may lack them. */
export function heardSince(time: number): Run[] {
  return [...heard.values()].filter(({ at }) => at >= time).map(({ run }) => run)
}

export function forgetRuns(): void {
  heard.clear()
}
