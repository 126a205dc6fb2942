import type { Segment } from './ansi'

/** A part of a line in one style, all of it found or none of it. */
export interface MarkedSegment extends Segment {
  found: boolean
}

/** Marks what a search without regard to case finds, also over the borders of colours. */
export function markFound(segments: readonly Segment[], wanted: string): MarkedSegment[] {
  const borders = wanted === '' ? [] : occurrences(textOf(segments), wanted)
  if (borders.length === 0) {
    return segments.map((segment) => ({ ...segment, found: false }))
  }
  const marked: MarkedSegment[] = []
  let start = 0
  for (const segment of segments) {
    const end = start + segment.text.length
    const cuts = [start, ...borders.filter((at) => at > start && at < end), end]
    for (let i = 0; i + 1 < cuts.length; i++) {
      const [from, to] = [cuts[i] ?? 0, cuts[i + 1] ?? 0]
      if (to > from) {
        const text = segment.text.slice(from - start, to - start)
        marked.push({ ...segment, text, found: placeOf(borders, from + 1) % 2 === 1 })
      }
    }
    start = end
  }
  return marked
}

export function textOf(segments: readonly Segment[]): string {
  return segments.map(({ text }) => text).join('')
}

/** Where each occurrence starts and ends, one after the other; enough of them to see. */
function occurrences(text: string, wanted: string): number[] {
  const pattern = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'giu')
  const borders: number[] = []
  for (const { index, 0: found } of text.matchAll(pattern)) {
    borders.push(index, index + found.length)
    if (borders.length >= 1_000) {
      break
    }
  }
  return borders
}

/** The place in `seqs`, which ascend, of the first that is at least `seq`; their number if none is. */
export function placeOf(seqs: readonly number[], seq: number): number {
  let low = 0
  let high = seqs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((seqs[middle] ?? 0) < seq) {
      low = middle + 1
    } else {
      high = middle
    }
  }
  return low
}

/** The place of the next or the previous hit, round the ends. */
export function step(count: number, current: number, by: 1 | -1): number {
  return count === 0 ? -1 : (current + by + count) % count
}
