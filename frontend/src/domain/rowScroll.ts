/** Pixels. */
export const ROW_HEIGHT = 20

/** Browsers cut elements that are higher than some 17 million pixels. */
const MAX_HEIGHT = 10_000_000

/** A move within this many heights of the window is one of the wheel or the keys, not of the thumb. */
const NEAR = 3

/**
 * Where one is in a list of rows of one height. A list too high for a browser gets a lower element:
 * the wheel still moves by pixels, the thumb by its share of the whole.
 */
export class RowScroll {
  private rows = 0
  private viewport = 0
  private scrollTop = 0
  /** The first pixel of the list that is seen. */
  top = 0

  /** Of the element that is scrolled. */
  get height(): number {
    return Math.min(this.rows * ROW_HEIGHT, MAX_HEIGHT)
  }

  get maxTop(): number {
    return Math.max(0, this.rows * ROW_HEIGHT - this.viewport)
  }

  /** What to take off a row's place in the list for its place in the element. */
  get offset(): number {
    return this.top - this.scrollTop
  }

  /** The rows that are at least partly seen. */
  get range(): { first: number; last: number } {
    const first = Math.floor(this.top / ROW_HEIGHT)
    const last = Math.ceil((this.top + this.viewport) / ROW_HEIGHT) - 1
    return { first: Math.max(0, first), last: Math.min(this.rows - 1, last) }
  }

  resize(rows: number, viewport: number): void {
    this.rows = rows
    this.viewport = viewport
    this.top = Math.min(this.top, this.maxTop)
  }

  /** Somebody scrolled. */
  scrolledTo(scrollTop: number): void {
    const delta = scrollTop - this.scrollTop
    if (scrollTop <= 0 || scrollTop >= this.maxScroll || Math.abs(delta) > NEAR * this.viewport) {
      this.top = this.share(scrollTop)
    } else {
      this.top = clamp(this.isScaled ? this.top + delta : scrollTop, this.maxTop)
    }
    this.scrollTop = scrollTop
  }

  /** Goes to a place of the list; the answer is what to scroll the element to. */
  goTo(top: number): number {
    this.top = clamp(top, this.maxTop)
    this.scrollTop = this.isScaled ? (this.top / this.maxTop) * this.maxScroll : this.top
    return this.scrollTop
  }

  /** For a row to be seen with some around it; null when it is well in sight. */
  topFor(row: number): number | null {
    const y = row * ROW_HEIGHT
    const margin = Math.min(3 * ROW_HEIGHT, this.viewport / 4)
    const isSeen = y >= this.top + margin && y + ROW_HEIGHT <= this.top + this.viewport - margin
    return isSeen ? null : clamp(y - this.viewport / 3, this.maxTop)
  }

  private get isScaled(): boolean {
    return this.rows * ROW_HEIGHT > MAX_HEIGHT
  }

  private get maxScroll(): number {
    return Math.max(0, this.height - this.viewport)
  }

  private share(scrollTop: number): number {
    return this.maxScroll === 0 ? 0 : clamp(scrollTop / this.maxScroll, 1) * this.maxTop
  }
}

function clamp(value: number, max: number): number {
  return Math.max(0, Math.min(value, max))
}
