import type { EnvironmentQueue, Run } from '@/api/types'
import { formatDuration } from './time'

export interface Notice {
  words: string
  link: string
  to: { name: string; query?: Record<string, string> }
}

const LONG_WAIT = 5 * 60_000
const LATELY = 60 * 60_000

/** What somebody should look at now, the gravest first; nothing while all is well. */
export function noticesOf(
  queue: readonly EnvironmentQueue[],
  failures: readonly Run[],
  now: number,
): Notice[] {
  return [...unattended(queue), ...waitingLong(queue, now), ...failedLately(failures, now)]
}

/** More than this many of a kind are told in one sentence. */
const SINGLE_MOST = 2

function unattended(queue: readonly EnvironmentQueue[]): Notice[] {
  const found = queue.filter(
    ({ queued_runs, runners_online }) => queued_runs > 0 && runners_online === 0,
  )
  const to = { link: 'Runners', to: { name: 'runners' } }
  if (found.length > SINGLE_MOST) {
    const runs = found.reduce((sum, { queued_runs }) => sum + queued_runs, 0)
    const where = `${found.length} environments where no runner is online`
    return [{ words: `${counted(runs, 'run waits', 'runs wait')} in ${where}.`, ...to }]
  }
  return found.map(({ environment, queued_runs }) => ({
    words: `${counted(queued_runs, 'run waits', 'runs wait')} in ${environment}, where no runner is online.`,
    ...to,
  }))
}

/** Where a runner is online, but too few are, or too slow; only the longest wait is told. */
function waitingLong(queue: readonly EnvironmentQueue[], now: number): Notice[] {
  const [longest] = queue
    .filter(({ runners_online }) => runners_online > 0)
    .flatMap(({ environment, oldest_queued_at: since }) =>
      since === undefined ? [] : [{ environment, waits: now - Date.parse(since) }],
    )
    .sort((a, b) => b.waits - a.waits)
  if (longest === undefined || longest.waits <= LONG_WAIT) {
    return []
  }
  return [
    {
      words: `A run in ${longest.environment} has waited for ${formatDuration(longest.waits)}.`,
      link: 'Queued runs',
      to: { name: 'runs', query: { status: 'queued' } },
    },
  ]
}

function failedLately(failures: readonly Run[], now: number): Notice[] {
  const { length } = failures.filter(
    ({ finished_at }) => finished_at !== undefined && now - Date.parse(finished_at) < LATELY,
  )
  if (length === 0) {
    return []
  }
  // The list that is loaded ends somewhere: there may be more.
  const count =
    length === failures.length && length >= 50
      ? `${length} runs or more`
      : counted(length, 'run', 'runs')
  return [
    {
      words: `${count} failed in the last hour.`,
      link: 'Failed runs',
      to: { name: 'runs', query: { status: 'dead,failed' } },
    },
  ]
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
