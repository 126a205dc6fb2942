import type { LogEntry } from '@/api/types'

export const PAGE_LINES = 1_000

export interface LogLimits {
  pages: number
  /** Characters of all lines that are held; one page alone may have more. */
  characters: number
}

const LIMITS: LogLimits = { pages: 40, characters: 24_000_000 }

/** A page's lines by number, and from which number to which it is known what there is. */
interface Page {
  from: number
  to: number
  lines: Map<number, LogEntry>
  characters: number
}

/** `missing`: the log has no line of this number; `unloaded`: it is not known here. */
export type LineState = LogEntry | 'missing' | 'unloaded'

/**
 * The parts of one attempt's log that somebody looks at: pages by number, of which those unused for
 * longest are dropped. Whatever it is given, it never holds more than its limits.
 */
export class LogPages {
  /** Pages in the order of their use, the latest last. */
  private readonly pages = new Map<number, Page>()
  private pinned = { from: 0, to: 0 }
  private characters = 0
  private highest = 0

  constructor(private readonly limits: LogLimits = LIMITS) {}

  /** The highest number of a line that is known. */
  get total(): number {
    return this.highest
  }

  get pagesHeld(): number {
    return this.pages.size
  }

  get charactersHeld(): number {
    return this.characters
  }

  at(seq: number): LineState {
    const page = this.pages.get(pageOf(seq))
    if (page === undefined || seq < page.from || seq > page.to) {
      return 'unloaded'
    }
    return page.lines.get(seq) ?? 'missing'
  }

  /** Takes in all there is from one number to another. */
  add(from: number, to: number, lines: readonly LogEntry[]): void {
    this.highest = Math.max(this.highest, to)
    // Numbers can be left out by the million; more pages than can be held are not worth a look.
    const firstPage = Math.max(pageOf(from), pageOf(to) - this.limits.pages)
    for (let index = firstPage; index <= pageOf(to); index++) {
      const first = Math.max(from, firstOf(index))
      const last = Math.min(to, firstOf(index) + PAGE_LINES - 1)
      const ofPage = lines.filter(({ seq }) => seq >= first && seq <= last)
      this.addTo(index, first, last, ofPage)
    }
    this.dropUnused()
  }

  /** Keeps what is shown, and counts it as used. */
  pin(from: number, to: number): void {
    this.pinned = { from: pageOf(from), to: pageOf(to) }
    for (let index = this.pinned.from; index <= this.pinned.to; index++) {
      const page = this.pages.get(index)
      if (page !== undefined) {
        this.use(index, page)
      }
    }
  }

  /** The numbers of the pages between two lines of which something is not known. */
  incomplete(from: number, to: number): number[] {
    const found: number[] = []
    const last = Math.min(to, this.highest)
    for (let index = pageOf(Math.max(1, from)); last > 0 && index <= pageOf(last); index++) {
      const page = this.pages.get(index)
      const needed = Math.min(this.highest, firstOf(index) + PAGE_LINES - 1)
      if (page === undefined || page.from > firstOf(index) || page.to < needed) {
        found.push(index)
      }
    }
    return found
  }

  private addTo(index: number, from: number, to: number, lines: readonly LogEntry[]): void {
    let page = this.pages.get(index)
    if (page === undefined || from > page.to + 1 || to < page.from - 1) {
      this.drop(index)
      page = { from, to, lines: new Map(), characters: 0 }
    }
    page.from = Math.min(page.from, from)
    page.to = Math.max(page.to, to)
    for (const line of lines) {
      if (!page.lines.has(line.seq)) {
        page.lines.set(line.seq, line)
        page.characters += line.line.length
        this.characters += line.line.length
      }
    }
    this.use(index, page)
  }

  private use(index: number, page: Page): void {
    this.pages.delete(index)
    this.pages.set(index, page)
  }

  private dropUnused(): void {
    for (const index of [...this.pages.keys()]) {
      if (this.pages.size <= this.limits.pages && this.characters <= this.limits.characters) {
        return
      }
      const isPinned = index >= this.pinned.from && index <= this.pinned.to
      if (!isPinned && this.pages.size > 1) {
        this.drop(index)
      }
    }
  }

  private drop(index: number): void {
    this.characters -= this.pages.get(index)?.characters ?? 0
    this.pages.delete(index)
  }
}

export function pageOf(seq: number): number {
  return Math.floor((seq - 1) / PAGE_LINES)
}

/** The number of a page's first line. */
export function firstOf(page: number): number {
  return page * PAGE_LINES + 1
}
