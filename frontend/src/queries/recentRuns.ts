import type { Run } from '@/api/types'
import { isTerminal } from '@/domain/runStatus'

const KEPT = 500
const ended = new Map<number, Run>()

/** Remembers how a run ended, so that an answer on its way since before doesn't bring it back to life. */
export function rememberEnd(run: Run): void {
  if (isTerminal(run.status)) {
    ended.delete(run.run_id)
    ended.set(run.run_id, run)
    const [oldest] = ended.keys()
    if (ended.size > KEPT && oldest !== undefined) {
      ended.delete(oldest)
    }
  }
}

/** The run as an answer tells it, unless it is known to have ended since: an end is final. */
export function newest(run: Run): Run {
  return isTerminal(run.status) ? run : (ended.get(run.run_id) ?? run)
}

export function forgetEnds(): void {
  ended.clear()
}
