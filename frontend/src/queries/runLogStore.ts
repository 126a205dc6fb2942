import { isAbort } from '@/api/errors'
import { getLogs } from '@/api/logs'
import { TAIL, type LogStretch } from '@/api/runEvents'
import { LogPages, type LineState } from '@/domain/logPages'
import { LogLoader } from './logLoader'

/** What there is of one attempt's log; a new one for each change. */
export interface RunLog {
  attempt: number
  /** The highest number of a line. */
  total: number
  isLoading: boolean
  /** Why something of it could not be had. */
  error: Error | null
  at(seq: number): LineState
}

/**
 * The log of the attempt that is looked at, as far as it is held, and that of the newest one, whose
 * lines come by themselves. Knows no more than two attempts at a time.
 */
export class RunLogStore {
  private readonly kept = new Map<number, LogPages>()
  private chosen: number | undefined
  private live: number | undefined
  private loader: LogLoader | null = null
  private loading = new AbortController()
  private isLoading = true
  private isPlaced = false
  private error: Error | null = null

  constructor(
    private readonly runId: number,
    private readonly onChange: () => void,
  ) {}

  get log(): RunLog {
    const pages = this.chosen === undefined ? undefined : this.kept.get(this.chosen)
    return {
      attempt: this.chosen ?? 0,
      total: pages?.total ?? 0,
      isLoading: this.isLoading,
      error: this.error,
      at: (seq) => pages?.at(seq) ?? 'unloaded',
    }
  }

  /** Lines that came by themselves. */
  take({ attempt, from, to, lines }: LogStretch): void {
    this.live = attempt
    this.pagesOf(attempt).add(from, to, lines)
    this.forget()
    if (attempt === this.chosen) {
      this.isLoading = false
      this.onChange()
    }
  }

  /** The end of the newest log came, if there is any: what was not in it has to be asked for. */
  placed(): void {
    this.isPlaced = true
    this.begin()
    this.onChange()
  }

  /** This attempt is looked at from now on; undefined as long as there is none. */
  choose(attempt: number | undefined): void {
    this.stop()
    this.chosen = attempt
    this.forget()
    this.error = null
    this.isLoading = true
    this.begin()
    this.onChange()
  }

  look(from: number, to: number): void {
    this.loader?.look(from, to)
  }

  retry(): void {
    if (this.loader === null) {
      this.begin()
    } else {
      this.loader.retry()
    }
  }

  stop(): void {
    this.loader?.stop()
    this.loader = null
    this.loading.abort()
  }

  /** Once it is known how the log ends, any part of it can be asked for. */
  private begin(): void {
    const attempt = this.chosen
    if (attempt === undefined) {
      return
    }
    if (this.pagesOf(attempt).total > 0) {
      this.isLoading = false
      this.loader ??= this.loaderOf(attempt)
    } else if (this.isPlaced) {
      void this.loadTail(attempt)
    }
  }

  private loaderOf(attempt: number): LogLoader {
    return new LogLoader(
      this.pagesOf(attempt),
      (afterSeq, limit, signal) => getLogs(this.runId, { attempt, afterSeq, limit }, signal),
      (error) => {
        this.error = error
        this.onChange()
      },
    )
  }

  private async loadTail(attempt: number): Promise<void> {
    this.loading.abort()
    this.loading = new AbortController()
    const { signal } = this.loading
    try {
      const { logs } = await getLogs(this.runId, { attempt, tail: TAIL }, signal)
      signal.throwIfAborted()
      const [first, last] = [logs[0], logs.at(-1)]
      if (first !== undefined && last !== undefined) {
        this.pagesOf(attempt).add(logs.length < TAIL ? 1 : first.seq, last.seq, logs)
      }
      this.error = null
      this.loader ??= this.loaderOf(attempt)
    } catch (error) {
      if (signal.aborted || isAbort(error)) {
        return
      }
      this.error = error instanceof Error ? error : new Error(String(error))
    }
    this.isLoading = false
    this.onChange()
  }

  private pagesOf(attempt: number): LogPages {
    const pages = this.kept.get(attempt) ?? new LogPages()
    this.kept.set(attempt, pages)
    return pages
  }

  private forget(): void {
    for (const attempt of this.kept.keys()) {
      if (attempt !== this.live && attempt !== this.chosen) {
        this.kept.delete(attempt)
      }
    }
  }
}
