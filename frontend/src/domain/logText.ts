import type { LogEntry } from '@/api/types'
import { parseAnsi, type Segment } from './ansi'
import type { LineState } from './logPages'
import { textOf } from './logSearch'

const parsed = new WeakMap<LogEntry, Segment[]>()

/** A line as it is shown; read once as long as it is held. */
export function segmentsOf(entry: LogEntry): Segment[] {
  let segments = parsed.get(entry)
  if (segments === undefined) {
    segments = parseAnsi(entry.line)
    parsed.set(entry, segments)
  }
  return segments
}

/** A place in the text of a line, as it is shown. */
export interface TextPlace {
  seq: number
  offset: number
}

/** More lines than this are not for the clipboard. */
const MAX_COPIED = 100_000

/** The text between two places, without numbers; says so where lines are not held. */
export function textBetween(
  at: (seq: number) => LineState,
  start: TextPlace,
  end: TextPlace,
): string {
  const lines: string[] = []
  let unloaded = 0
  const last = Math.min(end.seq, start.seq + MAX_COPIED)
  for (let seq = start.seq; seq <= last; seq++) {
    const line = at(seq)
    if (line === 'unloaded') {
      unloaded++
    } else {
      sayUnloaded()
      if (line !== 'missing') {
        const text = textOf(segmentsOf(line))
        lines.push(
          text.slice(
            seq === start.seq ? start.offset : 0,
            seq === end.seq ? end.offset : undefined,
          ),
        )
      }
    }
  }
  unloaded += end.seq - last
  sayUnloaded()
  return lines.join('\n')

  function sayUnloaded(): void {
    if (unloaded > 0) {
      lines.push(`[${unloaded} lines are not loaded here; download the log to have them]`)
      unloaded = 0
    }
  }
}
