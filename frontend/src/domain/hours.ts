import type { RunHour, RunStatus } from '@/api/types'

export type Outcome = 'completed' | 'cancelled' | 'failed' | 'dead'

/** From the foot of a bar to its top. */
export const OUTCOMES: readonly { key: Outcome; label: string }[] = [
  { key: 'completed', label: 'Completed' },
  { key: 'cancelled', label: 'Cancelled' },
  { key: 'failed', label: 'Failed' },
  { key: 'dead', label: 'Dead' },
]

export type Totals = Readonly<Record<Outcome, number>>

export function totalsOf(hours: readonly RunHour[]): Totals {
  const totals = { completed: 0, cancelled: 0, failed: 0, dead: 0 }
  for (const hour of hours) {
    OUTCOMES.forEach(({ key }) => (totals[key] += hour[key]))
  }
  return totals
}

export function sumOf(totals: Totals): number {
  return OUTCOMES.reduce((sum, { key }) => sum + totals[key], 0)
}

/** Cancelled runs count neither way; null if no other has finished. */
export function successRateOf({ completed, failed, dead }: Totals): number | null {
  const counted = completed + failed + dead
  return counted === 0 ? null : completed / counted
}

/** For each outcome, how high the bars reach that have it and those under it. */
export function stacksOf(hours: readonly RunHour[]): number[][] {
  const heights = hours.map(() => 0)
  return OUTCOMES.map(({ key }) =>
    hours.map((hour, i) => (heights[i] = (heights[i] ?? 0) + hour[key])),
  )
}

/** What lies at this height of an hour's bar. */
export function outcomeAt(hour: RunHour, height: number): Outcome | null {
  let top = 0
  for (const { key } of OUTCOMES) {
    top += hour[key]
    if (height <= top && hour[key] > 0) {
      return height > 0 ? key : null
    }
  }
  return null
}

/** `3 completed, 1 failed`. */
export function describeHour(hour: RunHour): string {
  const parts = OUTCOMES.filter(({ key }) => hour[key] > 0).map(
    ({ key, label }) => `${hour[key]} ${label.toLowerCase()}`,
  )
  return parts.length === 0 ? 'no run ended' : parts.join(', ')
}

/** `14:00–15:00`, where the viewer is; with the day for another day than today. */
export function spanOf(iso: string, now: number): string {
  const start = new Date(iso)
  const end = new Date(start.getTime() + 3_600_000)
  const day =
    start.toDateString() === new Date(now).toDateString()
      ? ''
      : `${start.toLocaleDateString(undefined, { weekday: 'short' })} `
  return `${day}${clock(start)}–${clock(end)}`
}

/** Where the axis says something: at the hours of the viewer's day that the step divides. */
export function ticksOf(
  hours: readonly RunHour[],
  step: number,
): { index: number; label: string }[] {
  return hours.flatMap(({ hour }, index) => {
    const start = new Date(hour)
    if (start.getHours() % step !== 0) {
      return []
    }
    const label =
      start.getHours() === 0
        ? start.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })
        : clock(start)
    return [{ index, label }]
  })
}

const WITH_STATUS: Readonly<Record<Outcome, readonly RunStatus[]>> = {
  completed: ['completed'],
  cancelled: ['cancelled'],
  failed: ['dead', 'failed'],
  dead: ['dead', 'failed'],
}

/** The list of runs that ended so; that of all if nothing in particular was pointed at. */
export function runsWith(outcome: Outcome | null) {
  const query = outcome === null ? {} : { status: WITH_STATUS[outcome].join(',') }
  return { name: 'runs', query }
}

function clock(date: Date): string {
  return date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hour12: false })
}
