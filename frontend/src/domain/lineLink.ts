/** One line of a log, or several: `from` is at most `to`. */
export interface LineRange {
  from: number
  to: number
}

const HASH = /^#L([1-9][0-9]{0,14})(?:-L?([1-9][0-9]{0,14}))?$/

/** Reads `#L120`, `#L120-L140` or `#L140-120`; null for any other. */
export function parseLineHash(hash: string): LineRange | null {
  const match = HASH.exec(hash)
  if (match === null) {
    return null
  }
  const one = Number(match[1])
  const other = Number(match[2] ?? match[1])
  return { from: Math.min(one, other), to: Math.max(one, other) }
}

export function lineHash({ from, to }: LineRange): string {
  return from === to ? `#L${from}` : `#L${from}-L${to}`
}

/** From what is marked, if anything, to a further line; as a click with shift means it. */
export function extendedTo(marked: LineRange | null, seq: number): LineRange {
  const anchor = marked?.from ?? seq
  return { from: Math.min(anchor, seq), to: Math.max(anchor, seq) }
}

/** Reads `?attempt=2`. */
export function parseAttempt(value: unknown): number | undefined {
  return typeof value === 'string' && /^[1-9][0-9]{0,5}$/.test(value) ? Number(value) : undefined
}
