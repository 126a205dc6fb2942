import { isAbort } from '@/api/errors'
import type { LogPage } from '@/api/types'
import { firstOf, pageOf, PAGE_LINES, type LogPages } from '@/domain/logPages'

export type LoadLines = (afterSeq: number, limit: number, signal: AbortSignal) => Promise<LogPage>

/** While somebody drags the thumb, only where it rests for this long is asked for. */
const REST_MS = 40

/**
 * Gets the pages of a log that are looked at, and the one that comes next in the direction of
 * scrolling; lets go of requests for what is no longer looked at.
 */
export class LogLoader {
  private readonly underWay = new Map<number, AbortController>()
  private wanted: { from: number; to: number } | null = null
  private direction: 1 | -1 = -1
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly pages: LogPages,
    private readonly load: LoadLines,
    private readonly onChange: (error: Error | null) => void,
    private readonly rest = REST_MS,
  ) {}

  /** These lines are looked at now. */
  look(from: number, to: number): void {
    if (this.wanted !== null && this.wanted.from !== from) {
      this.direction = from > this.wanted.from ? 1 : -1
    }
    this.wanted = { from, to }
    this.pages.pin(from, to)
    this.timer ??= setTimeout(() => this.update(), this.rest)
  }

  /** Asks once more for what could not be had. */
  retry(): void {
    this.update()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.wanted = null
    this.underWay.forEach((controller) => controller.abort())
    this.underWay.clear()
  }

  private update(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    const needed = this.neededPages()
    for (const [page, controller] of this.underWay) {
      if (!needed.includes(page)) {
        controller.abort()
        this.underWay.delete(page)
      }
    }
    for (const page of needed) {
      if (!this.underWay.has(page)) {
        void this.get(page)
      }
    }
  }

  private neededPages(): number[] {
    if (this.wanted === null) {
      return []
    }
    const { from, to } = this.wanted
    const next = this.direction === 1 ? pageOf(to) + 1 : pageOf(from) - 1
    const ahead = next < 0 ? [] : this.pages.incomplete(firstOf(next), firstOf(next))
    return [...this.pages.incomplete(from, to), ...ahead]
  }

  private async get(page: number): Promise<void> {
    const controller = new AbortController()
    this.underWay.set(page, controller)
    const first = firstOf(page)
    const knownTotal = this.pages.total
    try {
      const answer = await this.load(first - 1, PAGE_LINES, controller.signal)
      this.take(page, knownTotal, answer)
      this.done(page, controller)
      this.onChange(null)
    } catch (error) {
      this.done(page, controller)
      if (!controller.signal.aborted && !isAbort(error)) {
        this.onChange(error instanceof Error ? error : new Error(String(error)))
      }
    }
  }

  /** The answer holds all lines that were there when it was asked for. */
  private take(page: number, knownTotal: number, { logs, next_after_seq }: LogPage): void {
    const first = firstOf(page)
    const end = first + PAGE_LINES - 1
    const last = logs.at(-1)?.seq ?? 0
    const isWhole = next_after_seq !== undefined || last > end
    const to = isWhole ? end : Math.min(end, Math.max(knownTotal, last))
    const ofPage = logs.filter(({ seq }) => seq <= end)
    this.pages.add(first, to, ofPage)
  }

  private done(page: number, controller: AbortController): void {
    if (this.underWay.get(page) === controller) {
      this.underWay.delete(page)
    }
  }
}
