import { isTerminal } from '@/domain/runStatus'
import { getLogs, getRun, openRunEvents } from './endpoints'
import { ApiError } from './errors'
import { SseParser, type ServerSentEvent } from './sse'
import type { LogEntry, Run } from './types'

/** `live`: by events; `polling`: the stream is down and asked for in between; `ended`: no more comes. */
export type FollowState = 'connecting' | 'live' | 'polling' | 'ended' | 'failed'

export interface FollowHandlers {
  onRun(run: Run): void
  /** Each line once, in the order of attempt and number. */
  onLines(lines: LogEntry[]): void
  onState(state: FollowState, error?: Error): void
}

/** In milliseconds. */
export interface FollowTimes {
  /** The server sends a comment every 15 s; a stream silent for longer than this is dead. */
  silence: number
  poll: number
  firstRetry: number
  longestRetry: number
}

const TIMES: FollowTimes = { silence: 40_000, poll: 2_000, firstRetry: 500, longestRetry: 30_000 }

/**
 * Follows a run until its last line, over lost connections: resumes the stream where it broke off and,
 * while there is none, asks for the run and its lines instead. Abort the signal to stop.
 */
export async function followRun(
  runId: number,
  handlers: FollowHandlers,
  signal: AbortSignal,
  times = TIMES,
): Promise<void> {
  try {
    await new RunFollower(runId, handlers, signal, times).follow()
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
  private failures = 0

  constructor(
    private readonly runId: number,
    private readonly handlers: FollowHandlers,
    private readonly signal: AbortSignal,
    private readonly times: FollowTimes,
  ) {}

  async follow(): Promise<void> {
    this.handlers.onState('connecting')
    while (!(await this.attempt(() => this.stream()))) {
      this.handlers.onState('polling')
      if (await this.pollUntilRetry()) {
        return
      }
    }
  }

  /** False when it can be tried again; what can't be mended by trying again is thrown. */
  private async attempt(step: () => Promise<boolean>): Promise<boolean> {
    try {
      return await step()
    } catch (error) {
      if (this.signal.aborted || (error instanceof ApiError && isFinal(error.status))) {
        throw error
      }
      return false
    }
  }

  /** True once the server said that this was all. */
  private async stream(): Promise<boolean> {
    const silence = new Silence(this.times.silence, this.signal)
    try {
      const response = await openRunEvents(this.runId, this.lastEventId(), silence.signal)
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      const parser = new SseParser()
      while (reader) {
        const { done, value } = await reader.read()
        if (done) {
          return false
        }
        silence.broken()
        this.failures = 0
        this.handlers.onState('live')
        if (this.take(parser.push(value))) {
          return true
        }
      }
      return false
    } finally {
      silence.stop()
    }
  }

  /** Hands on what these events say; true when one of them is the end. */
  private take(events: ServerSentEvent[]): boolean {
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
    this.handOn(lines)
    return ended
  }

  private async pollUntilRetry(): Promise<boolean> {
    const { firstRetry, longestRetry, poll } = this.times
    const wait = Math.min(longestRetry, firstRetry * 2 ** this.failures++)
    const retryAt = Date.now() + wait * (0.5 + Math.random() / 2)
    do {
      if (await this.attempt(() => this.poll())) {
        return true
      }
      await sleep(Math.max(0, Math.min(poll, retryAt - Date.now())), this.signal)
    } while (Date.now() < retryAt)
    return false
  }

  /** True when the run is over: its log is complete before it says so, hence the run comes first. */
  private async poll(): Promise<boolean> {
    const run = await getRun(this.runId, this.signal)
    for (const { attempt_no } of run.attempts ?? []) {
      if (attempt_no >= this.attemptNo) {
        await this.pollAttempt(attempt_no)
      }
    }
    this.handlers.onRun(run)
    return isTerminal(run.status)
  }

  private async pollAttempt(attempt: number): Promise<void> {
    let afterSeq: number | undefined = attempt === this.attemptNo ? this.seq : 0
    while (afterSeq !== undefined) {
      const page = await getLogs(this.runId, { attempt, afterSeq }, this.signal)
      this.handOn(page.logs)
      afterSeq = page.next_after_seq
    }
  }

  private handOn(lines: LogEntry[]): void {
    const fresh = lines.filter((line) => {
      const isNew =
        line.attempt_no > this.attemptNo ||
        (line.attempt_no === this.attemptNo && line.seq > this.seq)
      if (isNew) {
        this.attemptNo = line.attempt_no
        this.seq = line.seq
      }
      return isNew
    })
    if (fresh.length > 0) {
      this.handlers.onLines(fresh)
    }
  }

  private lastEventId(): string | null {
    return this.attemptNo === 0 ? null : `${this.attemptNo}.${this.seq}`
  }
}

/** Gives up on a stream that says nothing. */
class Silence {
  private readonly controller = new AbortController()
  private timer: ReturnType<typeof setTimeout> | undefined
  readonly signal: AbortSignal

  constructor(
    private readonly limit: number,
    outer: AbortSignal,
  ) {
    this.signal = AbortSignal.any([outer, this.controller.signal])
    this.broken()
  }

  broken(): void {
    this.stopTimer()
    this.timer = setTimeout(() => this.controller.abort(), this.limit)
  }

  /** Also lets go of the connection. */
  stop(): void {
    this.stopTimer()
    this.controller.abort()
  }

  private stopTimer(): void {
    clearTimeout(this.timer)
  }
}

function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      if (signal.aborted) {
        reject(signal.reason as Error)
      } else {
        resolve()
      }
    }
  })
}
