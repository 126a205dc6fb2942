import { isTerminal } from '@/domain/runStatus'
import { getRun, openRunEvents } from './endpoints'
import { followStream, STREAM_TIMES, type StreamState, type StreamTimes } from './eventStream'
import { getLogs } from './logs'
import type { ServerSentEvent } from './sse'
import type { LogEntry, Run } from './types'

/** `ended`: no more comes; `failed`: no more can be asked for. */
export type FollowState = StreamState | 'ended' | 'failed'

/** All there is of an attempt's log from one number to another: a number without a line has none. */
export interface LogStretch {
  attempt: number
  from: number
  to: number
  lines: LogEntry[]
}

export interface FollowHandlers {
  onRun(run: Run): void
  /** First the end of the newest log, then what is added; in between, stretches may be left out. */
  onLog(stretch: LogStretch): void
  /** The end of the newest log, if there is any, has been told; called once. */
  onPlaced(): void
  onState(state: FollowState, error?: Error): void
}

/** As many lines of a log's end as are asked for at once. */
export const TAIL = 1_000

/**
 * Follows a run from the end of its log as it is now until its last line, over lost connections.
 * However much there is to catch up with without a stream, only its end is asked for. Abort the signal
 * to stop.
 */
export async function followRun(
  runId: number,
  handlers: FollowHandlers,
  signal: AbortSignal,
  times: StreamTimes = STREAM_TIMES,
): Promise<void> {
  const follower = new RunFollower(runId, handlers, signal)
  try {
    await followStream(follower, signal, times)
    handlers.onState('ended')
  } catch (error) {
    if (!signal.aborted) {
      handlers.onState('failed', error instanceof Error ? error : new Error(String(error)))
    }
  }
}

class RunFollower {
  private attemptNo = 0
  private seq = 0
  private isPlaced = false

  constructor(
    private readonly runId: number,
    private readonly handlers: FollowHandlers,
    private readonly signal: AbortSignal,
  ) {}

  lastEventId = (): string | null => (this.attemptNo === 0 ? null : `${this.attemptNo}.${this.seq}`)

  onState = (state: StreamState, error?: Error): void => this.handlers.onState(state, error)

  open = async (_lastEventId: string | null, signal: AbortSignal): Promise<Response> => {
    if (!this.isPlaced) {
      const { logs } = await getLogs(this.runId, { tail: TAIL }, signal)
      this.takeTail(logs)
      this.placed()
    }
    return openRunEvents(this.runId, this.lastEventId(), signal)
  }

  onEvents = (events: ServerSentEvent[]): boolean => {
    const lines: LogEntry[] = []
    let ended = false
    for (const { event, data } of events) {
      if (event === 'log') {
        lines.push(JSON.parse(data) as LogEntry)
      } else if (event === 'run') {
        this.handlers.onRun(JSON.parse(data) as Run)
      }
      ended ||= event === 'end'
    }
    this.takeNext(lines)
    return ended
  }

  /** The run comes first: its log is complete before it says that it is over. */
  poll = async (): Promise<boolean> => {
    const run = await getRun(this.runId, this.signal)
    for (const { attempt_no: attempt } of run.attempts ?? []) {
      if (attempt >= this.attemptNo) {
        this.takeTail((await getLogs(this.runId, { attempt, tail: TAIL }, this.signal)).logs)
      }
    }
    this.placed()
    this.handlers.onRun(run)
    return isTerminal(run.status)
  }

  private placed(): void {
    if (!this.isPlaced) {
      this.isPlaced = true
      this.handlers.onPlaced()
    }
  }

  /** Lines that follow on what came before; what came already is left out. */
  private takeNext(lines: LogEntry[]): void {
    let rest = lines.filter((line) => this.isNew(line))
    while (rest[0] !== undefined) {
      const attempt = rest[0].attempt_no
      const from = attempt === this.attemptNo ? this.seq + 1 : 1
      this.handOn(
        from,
        rest.filter((line) => line.attempt_no === attempt),
      )
      rest = rest.filter((line) => line.attempt_no > attempt && this.isNew(line))
    }
  }

  private takeTail(lines: LogEntry[]): void {
    const [first] = lines
    if (first !== undefined && lines.some((line) => this.isNew(line))) {
      this.handOn(lines.length < TAIL ? 1 : first.seq, lines)
    }
  }

  private handOn(from: number, given: LogEntry[]): void {
    const lines = increasing(given)
    const last = lines.at(-1)
    if (last !== undefined) {
      this.attemptNo = last.attempt_no
      this.seq = last.seq
      this.handlers.onLog({ attempt: last.attempt_no, from, to: last.seq, lines })
    }
  }

  private isNew({ attempt_no, seq }: LogEntry): boolean {
    return attempt_no > this.attemptNo || (attempt_no === this.attemptNo && seq > this.seq)
  }
}

/** Without the lines that are not after all that stand before them. */
function increasing(lines: LogEntry[]): LogEntry[] {
  let last = 0
  return lines.filter(({ seq }) => {
    const isAfter = seq > last
    last = Math.max(last, seq)
    return isAfter
  })
}
