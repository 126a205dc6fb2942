import { computed, ref, watch, type Ref } from 'vue'
import type { LineState } from '@/domain/logPages'
import { textOf } from '@/domain/logSearch'
import { segmentsOf } from '@/domain/logText'
import { formatClock, formatOffset } from '@/domain/time'
import type { RunLog } from '@/queries/runLogStore'
import { useLogTimes } from './useLogTimes'

/** The columns beside a log's lines: how wide they are, and what the one of times says. */
export function useLogColumns(
  log: () => RunLog,
  /** Numbers of the lines that are drawn. */
  drawn: Readonly<Ref<readonly number[]>>,
  /** What times are counted from; the line's own time if nothing is known. */
  start: () => string | undefined,
) {
  const times = useLogTimes()
  /** Of all lines that were seen, so that scrolling down does not move the log sideways. */
  const widest = ref(0)

  watch([drawn, log], ([seqs, { at }]) => {
    const lengths = seqs.map((seq) => lengthOf(at(seq)))
    widest.value = Math.max(widest.value, ...lengths)
  })

  const widths = computed(() => {
    const digits = Math.max(3, String(log().total).length)
    const time = times.value === 'off' ? 0 : 12
    return {
      '--number-width': `${digits}ch`,
      '--time-width': `${time}ch`,
      minWidth: `calc(${digits + time + widest.value}ch + 80px)`,
    }
  })

  function timeOf(line: LineState): string | undefined {
    if (times.value === 'off') {
      return undefined
    }
    if (typeof line === 'string') {
      return ''
    }
    return times.value === 'absolute'
      ? formatClock(line.logged_at)
      : formatOffset(Date.parse(line.logged_at) - Date.parse(start() ?? line.logged_at))
  }

  return { widths, timeOf }
}

function lengthOf(line: LineState): number {
  return typeof line === 'string' ? 0 : textOf(segmentsOf(line)).length
}
