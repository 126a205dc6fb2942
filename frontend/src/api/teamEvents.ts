import { request } from './client'
import { followStream, type StreamTimes, STREAM_TIMES } from './eventStream'
import type { ServerSentEvent } from './sse'
import type { Run, Runner } from './types'

/** What one piece of the stream told; each run and runner once, as it was last told. */
export interface TeamNews {
  runs: Run[]
  runners: Runner[]
}

export interface TeamHandlers {
  onNews(news: TeamNews): void
  /** Something may have happened that no event told: after each connecting, and while there is no stream. */
  onGap(): void
}

/** Follows all runs of the team, and for admins the runners, until the signal is aborted. */
export function followTeam(
  handlers: TeamHandlers,
  signal: AbortSignal,
  times: StreamTimes = STREAM_TIMES,
): Promise<void> {
  return followStream(
    {
      open: (_lastEventId, streamSignal) =>
        request('/events', { headers: { Accept: 'text/event-stream' }, signal: streamSignal }),
      onEvents: (events) => {
        take(events, handlers)
        return false
      },
      onState: () => undefined,
      poll: () => {
        handlers.onGap()
        return Promise.resolve(false)
      },
      // The stream tells no past: after a break the lists are read again.
      lastEventId: () => null,
    },
    signal,
    times,
  )
}

function take(events: readonly ServerSentEvent[], handlers: TeamHandlers): void {
  const runs = new Map<number, Run>()
  const runners = new Map<number, Runner>()
  for (const { event, data } of events) {
    if (event === 'hello') {
      handlers.onGap()
    } else if (event === 'run') {
      const run = JSON.parse(data) as Run
      runs.set(run.run_id, run)
    } else if (event === 'runner') {
      const runner = JSON.parse(data) as Runner
      runners.set(runner.runner_id, runner)
    }
  }
  if (runs.size + runners.size > 0) {
    handlers.onNews({ runs: [...runs.values()], runners: [...runners.values()] })
  }
}
