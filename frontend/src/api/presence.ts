/**
 * Whether somebody may be looking at the page: it counts as away once it was hidden for a while. Where
 * there is no page, somebody always is.
 */
export class Presence {
  private readonly page = typeof document === 'undefined' ? undefined : document
  private timer: ReturnType<typeof setTimeout> | undefined
  private leaving = new AbortController()
  private waking = new AbortController()

  constructor(private readonly delay: number) {
    this.page?.addEventListener('visibilitychange', this.changed)
    globalThis.addEventListener?.('online', this.wakeUp)
    this.changed()
  }

  get isAway(): boolean {
    return this.leaving.signal.aborted
  }

  /** Aborted when the page has been hidden for long enough; ask anew after it was seen again. */
  get away(): AbortSignal {
    return this.leaving.signal
  }

  /** Aborted when it is worth trying at once: the page is seen again, or the network is back. */
  get wake(): AbortSignal {
    return this.waking.signal
  }

  stop(): void {
    clearTimeout(this.timer)
    this.page?.removeEventListener('visibilitychange', this.changed)
    globalThis.removeEventListener?.('online', this.wakeUp)
  }

  private readonly changed = (): void => {
    clearTimeout(this.timer)
    if (this.page?.visibilityState === 'hidden') {
      this.timer = setTimeout(() => this.leaving.abort(), this.delay)
    } else if (this.isAway) {
      this.leaving = new AbortController()
      this.wakeUp()
    }
  }

  private readonly wakeUp = (): void => {
    const woken = this.waking
    this.waking = new AbortController()
    woken.abort()
  }
}
