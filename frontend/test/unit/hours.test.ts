import { expect, it } from 'vitest'
import type { RunHour } from '../../src/api/types'
import {
  describeHour,
  outcomeAt,
  runsWith,
  spanOf,
  stacksOf,
  successRateOf,
  ticksOf,
  totalsOf,
} from '../../src/domain/hours'

function anHour(given: Partial<RunHour> = {}): RunHour {
  return {
    hour: '2026-02-08T14:00:00.000Z',
    completed: 0,
    failed: 0,
    cancelled: 0,
    dead: 0,
    ...given,
  }
}

const TWO = [
  anHour({ completed: 3, failed: 1, dead: 2 }),
  anHour({ hour: '2026-02-08T15:00:00.000Z', completed: 5, cancelled: 4 }),
]

it('the bars stand on one another: completed, cancelled, failed, dead', () => {
  expect(stacksOf(TWO)).toEqual([
    [3, 5],
    [3, 9],
    [4, 9],
    [6, 9],
  ])
  expect(stacksOf([])).toEqual([[], [], [], []])
})

it('what lies at a height is what is drawn there', () => {
  const hour = anHour({ completed: 3, failed: 1, dead: 2 })

  expect(outcomeAt(hour, 0.5)).toBe('completed')
  expect(outcomeAt(hour, 3)).toBe('completed')
  expect(outcomeAt(hour, 3.1)).toBe('failed')
  expect(outcomeAt(hour, 5)).toBe('dead')
  expect(outcomeAt(hour, 6.1)).toBeNull()
  expect(outcomeAt(hour, -1)).toBeNull()
  expect(outcomeAt(anHour(), 0)).toBeNull()
})

it('the rate of success leaves cancelled runs out', () => {
  expect(successRateOf(totalsOf(TWO))).toBeCloseTo(8 / 11)
  expect(successRateOf(totalsOf([anHour({ cancelled: 4 })]))).toBeNull()
})

it('an hour in words', () => {
  expect(describeHour(TWO[0] as RunHour)).toBe('3 completed, 1 failed, 2 dead')
  expect(describeHour(anHour())).toBe('no run ended')
})

it('the span of an hour names its day only when that is not today', () => {
  const hour = new Date(2026, 1, 8, 14).toISOString()

  expect(spanOf(hour, new Date(2026, 1, 8, 20).getTime())).toBe('14:00–15:00')
  expect(spanOf(hour, new Date(2026, 1, 9, 3).getTime())).toMatch(/^\S+ 14:00–15:00$/)
})

it('the axis speaks at whole steps of the viewer’s day, and of midnight by its date', () => {
  const from = new Date(2026, 1, 8, 21).getTime()
  const hours = Array.from({ length: 8 }, (_, i) =>
    anHour({ hour: new Date(from + i * 3_600_000).toISOString() }),
  )

  const ticks = ticksOf(hours, 3)

  expect(ticks.map(({ index }) => index)).toEqual([0, 3, 6])
  expect(ticks[0]?.label).toBe('21:00')
  expect(ticks[1]?.label).toContain('9')
  expect(ticks[1]?.label).not.toContain(':')
})

it('a bar leads to the runs that ended so', () => {
  expect(runsWith('completed')).toEqual({ name: 'runs', query: { status: 'completed' } })
  expect(runsWith('dead').query).toEqual({ status: 'dead,failed' })
  expect(runsWith(null).query).toEqual({})
})
