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

function unattended(queue: readonly EnvironmentQueue[]): Notice[] {
  return queue
    .filter(({ queued_runs, runners_online }) => queued_runs > 0 && runners_online === 0)
    .map(({ environment, queued_runs }) => ({
      words: `${counted(queued_runs, 'run waits', 'runs wait')} in ${environment}, where no runner is online.`,
      link: 'Runners',
      to: { name: 'runners' },
    }))
}

/** Where a runner is online, but too few are, or too slow. */
function waitingLong(queue: readonly EnvironmentQueue[], now: number): Notice[] {
  return queue.flatMap(({ environment, oldest_queued_at, runners_online }) => {
    const waits = oldest_queued_at === undefined ? 0 : now - Date.parse(oldest_queued_at)
    if (waits <= LONG_WAIT || runners_online === 0) {
      return []
    }
    return [
      {
        words: `A run in ${environment} has waited for ${formatDuration(waits)}.`,
        link: 'Queued runs',
        to: { name: 'runs', query: { status: 'queued' } },
      },
    ]
  })
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
