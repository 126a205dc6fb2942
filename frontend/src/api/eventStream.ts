import { ApiError, isAbort } from './errors'
import { Presence } from './presence'
import { SseParser, type ServerSentEvent } from './sse'

/** `live`: by events; `polling`: there is no stream now, and what it would tell is asked for. */
export type StreamState = 'connecting' | 'live' | 'polling'

export interface StreamOptions {
  /** Asks for the stream, after this event if there was one; may first ask for other things. */
  open(lastEventId: string | null, signal: AbortSignal): Promise<Response>
  /** Takes in what came; true when that was the end. */
  onEvents(events: ServerSentEvent[]): boolean
  /** Called on changes only; the error says why there is no stream, if that is known. */
  onState(state: StreamState, error?: Error): void
  /** Asks for what the stream would have told; true when nothing more will come. */
  poll(): Promise<boolean>
  lastEventId(): string | null
}

/** In milliseconds. */
export interface StreamTimes {
  /** The server sends a comment every 15 s; a stream silent for longer than this is dead. */
  silence: number
  poll: number
  firstRetry: number
  longestRetry: number
  /** A page hidden for this long gives its connection back: a browser has six for one host. */
  hiddenAfter: number
  hiddenPoll: number
}

export const STREAM_TIMES: StreamTimes = {
  silence: 40_000,
  poll: 2_000,
  firstRetry: 500,
  longestRetry: 30_000,
  hiddenAfter: 5_000,
  hiddenPoll: 15_000,
}

/**
 * Reads a stream of Server-Sent Events until it says that it is over: resumes it where it broke off,
 * asks by `poll` while there is none, and does without one while the page is hidden. What a further
 * try can't mend is thrown. Abort the signal to stop.
 */
export async function followStream(
  options: StreamOptions,
  signal: AbortSignal,
  times: StreamTimes = STREAM_TIMES,
): Promise<void> {
  const presence = new Presence(times.hiddenAfter)
  try {
    await new StreamFollower(options, signal, times, presence).follow()
  } finally {
    presence.stop()
  }
}

class StreamFollower {
  private failures = 0
  private state: StreamState | undefined
  private lastError: Error | undefined

  constructor(
    private readonly options: StreamOptions,
    private readonly signal: AbortSignal,
    private readonly times: StreamTimes,
    private readonly presence: Presence,
  ) {}

  async follow(): Promise<void> {
    this.enter('connecting')
    while (!(await this.attempt(() => this.stream()))) {
      this.enter('polling')
      if (this.presence.isAway ? await this.pollWhileAway() : await this.pollUntilRetry()) {
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
      this.lastError = error instanceof Error && !isAbort(error) ? error : undefined
      return false
    }
  }

  /** True once the server said that this was all. */
  private async stream(): Promise<boolean> {
    const silence = new Silence(this.times.silence, [this.signal, this.presence.away])
    try {
      const response = await this.options.open(this.options.lastEventId(), silence.signal)
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      const parser = new SseParser()
      while (reader) {
        const { done, value } = await reader.read()
        if (done) {
          return false
        }
        silence.broken()
        this.failures = 0
        this.lastError = undefined
        this.enter('live')
        if (this.options.onEvents(parser.push(value))) {
          return true
        }
      }
      return false
    } finally {
      silence.stop()
    }
  }

  private async pollUntilRetry(): Promise<boolean> {
    const { firstRetry, longestRetry, poll } = this.times
    const wait = Math.min(longestRetry, firstRetry * 2 ** this.failures++)
    const retryAt = Date.now() + wait * (0.5 + Math.random() / 2)
    do {
      if (await this.attempt(() => this.options.poll())) {
        return true
      }
      const pause = Math.max(0, Math.min(poll, retryAt - Date.now()))
      if (await sleep(pause, this.signal, this.presence.wake)) {
        return false
      }
    } while (Date.now() < retryAt && !this.presence.isAway)
    return false
  }

  /** Until the page is seen again; then asks at once, so that the stream has little to catch up with. */
  private async pollWhileAway(): Promise<boolean> {
    this.failures = 0
    while (this.presence.isAway) {
      await sleep(this.times.hiddenPoll, this.signal, this.presence.wake)
      if (await this.attempt(() => this.options.poll())) {
        return true
      }
    }
    this.enter('connecting')
    return false
  }

  private enter(state: StreamState): void {
    if (state !== this.state) {
      this.state = state
      this.options.onState(state, state === 'polling' ? this.lastError : undefined)
    }
  }
}

/** Gives up on a stream that says nothing. */
class Silence {
  private readonly controller = new AbortController()
  private timer: ReturnType<typeof setTimeout> | undefined
  readonly signal: AbortSignal

  constructor(
    private readonly limit: number,
    outer: AbortSignal[],
  ) {
    this.signal = AbortSignal.any([...outer, this.controller.signal])
    this.broken()
  }

  broken(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.controller.abort(), this.limit)
  }

  /** Also lets go of the connection. */
  stop(): void {
    clearTimeout(this.timer)
    this.controller.abort()
  }
}

function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}

/** True when it was woken before its time; throws once the signal is aborted. */
function sleep(milliseconds: number, signal: AbortSignal, wake: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
    wake.addEventListener('abort', done)
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      wake.removeEventListener('abort', done)
      if (signal.aborted) {
        reject(signal.reason as Error)
      } else {
        resolve(wake.aborted)
      }
    }
  })
}
