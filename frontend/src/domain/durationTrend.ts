import type { FinishedRun, RecentRuns } from '@/api/types'
import { formatDuration } from './time'

type Timed = Pick<FinishedRun, 'status' | 'duration_seconds'>

export interface Slowdown {
  /** Medians in seconds. */
  before: number
  now: number
}

/** With fewer completed runs a median says little. */
const LEAST_RUNS = 8
const FACTOR = 1.5
/** Below this a difference is the machine's mood. */
const LEAST_SECONDS = 0.5

/** Whether the newer half of the completed runs took clearly longer than the older half. */
export function slowdownOf(oldestFirst: readonly Timed[]): Slowdown | null {
  const seconds = oldestFirst.flatMap(({ status, duration_seconds: taken }) =>
    status === 'completed' && taken !== undefined ? [taken] : [],
  )
  if (seconds.length < LEAST_RUNS) {
    return null
  }
  const half = Math.floor(seconds.length / 2)
  const before = median(seconds.slice(0, half))
  const now = median(seconds.slice(half))
  return now > before * FACTOR && now - before >= LEAST_SECONDS ? { before, now } : null
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low, high] = [sorted[middle - 1] ?? 0, sorted[middle] ?? 0]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}

export function describeSlowdown({ before, now }: Slowdown): string {
  return `The newer runs take ${seconds(now)}, the older ones took ${seconds(before)} (medians)`
}

/** `97 %`; never rounded up to all, nor down to none. */
export function formatRate(rate: number): string {
  const percent = Math.round(rate * 100)
  const isExact = rate === 0 || rate === 1
  return `${isExact ? percent : Math.min(99, Math.max(1, percent))} %`
}

export interface OutcomeCounts {
  completed: number
  failed: number
  cancelled: number
}

export function countOutcomes(runs: readonly Timed[]): OutcomeCounts {
  const counts = { completed: 0, failed: 0, cancelled: 0 }
  for (const { status } of runs) {
    counts[outcomeKind(status)]++
  }
  return counts
}

/** A run whose runner was lost for good has failed, too. */
export function outcomeKind(status: FinishedRun['status']): keyof OutcomeCounts {
  return status === 'completed' || status === 'cancelled' ? status : 'failed'
}

/** A sentence for those who don't see the graph. */
export function describeRecent({ runs, median_seconds: median }: RecentRuns): string {
  if (runs.length === 0) {
    return 'No run has finished yet'
  }
  const { completed, failed, cancelled } = countOutcomes(runs)
  const parts = [
    `${completed} completed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(cancelled > 0 ? [`${cancelled} cancelled`] : []),
  ]
  const typical = median === undefined ? '' : `, typically in ${seconds(median)}`
  const last = runs.length === 1 ? 'The last run' : `The last ${runs.length} runs`
  return `${last}: ${parts.join(', ')}${typical}`
}

function seconds(value: number): string {
  return formatDuration(value * 1_000)
}
