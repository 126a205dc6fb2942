import { isAbort } from '@/api/errors'
import type { LogHits } from '@/api/types'

/** More hits than this are not worth a walk through. */
const MAX_HITS = 100_000

export type SearchLines = (text: string, afterSeq: number, signal: AbortSignal) => Promise<LogHits>

export interface SearchState {
  text: string
  /** Numbers of lines, ascending. */
  seqs: readonly number[]
  isUnderWay: boolean
  /** There are more hits than are counted. */
  isCut: boolean
  error: Error | null
}

const NOTHING: SearchState = { text: '', seqs: [], isUnderWay: false, isCut: false, error: null }

/** Searches a log part by part, and what is added to it afterwards. */
export class LogSearcher {
  private current: SearchState = NOTHING
  private searchedTo = 0
  private controller = new AbortController()

  constructor(
    private readonly search: SearchLines,
    private readonly total: () => number,
    private readonly onChange: (state: SearchState) => void,
  ) {}

  start(text: string): void {
    this.stop()
    this.searchedTo = 0
    this.change({ ...NOTHING, text, isUnderWay: text !== '' })
    this.goOn()
  }

  /** Also searches the lines that came since. */
  extend(): void {
    const { text, isUnderWay, isCut, error } = this.current
    if (text !== '' && !isUnderWay && !isCut && error === null && this.total() > this.searchedTo) {
      this.change({ isUnderWay: true })
      this.goOn()
    }
  }

  /** Goes on where it failed. */
  retry(): void {
    this.change({ isUnderWay: true, error: null })
    this.goOn()
  }

  stop(): void {
    this.controller.abort()
  }

  private goOn(): void {
    this.controller = new AbortController()
    if (this.current.text !== '') {
      void this.run(this.current.text, this.controller.signal)
    }
  }

  private async run(text: string, signal: AbortSignal): Promise<void> {
    try {
      while (await this.step(text, signal)) {
        // Each step tells its hits.
      }
    } catch (error) {
      if (!signal.aborted && !isAbort(error)) {
        const cause = error instanceof Error ? error : new Error(String(error))
        this.change({ isUnderWay: false, error: cause })
      }
    }
  }

  /** True while there is more to search. */
  private async step(text: string, signal: AbortSignal): Promise<boolean> {
    const knownTotal = this.total()
    const { seqs: found, next_after_seq: next } = await this.search(text, this.searchedTo, signal)
    signal.throwIfAborted()
    this.searchedTo = next ?? Math.max(knownTotal, found.at(-1) ?? 0)
    const seqs = found.length === 0 ? this.current.seqs : [...this.current.seqs, ...found]
    const isCut = seqs.length >= MAX_HITS
    const goesOn = next !== undefined && !isCut
    this.change({ seqs, isCut, isUnderWay: goesOn })
    return goesOn
  }

  private change(state: Partial<SearchState>): void {
    this.current = { ...this.current, ...state }
    this.onChange(this.current)
  }
}
