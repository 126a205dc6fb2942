import { describe, expect, it } from 'vitest'
import {
  describeRecent,
  describeSlowdown,
  formatRate,
  slowdownOf,
} from '../../src/domain/durationTrend'
import { finished } from './samples'

const runs = (...seconds: number[]) =>
  seconds.map((taken, index) => finished(index + 1, 'completed', taken))

describe('getting slower', () => {
  it('compares the medians of the older and the newer half', () => {
    expect(slowdownOf(runs(2, 2, 9, 2, 4, 4, 4, 1))).toEqual({ before: 2, now: 4 })
  })

  it('one slow run is none', () => {
    expect(slowdownOf(runs(2, 2, 2, 2, 2, 2, 60, 2))).toBeNull()
  })

  it('half as much again is none yet', () => {
    expect(slowdownOf(runs(2, 2, 2, 2, 3, 3, 3, 3))).toBeNull()
    expect(slowdownOf(runs(2, 2, 2, 2, 3.1, 3.1, 3.1, 3.1))).not.toBeNull()
  })

  it('few runs say nothing, and failed ones don’t count', () => {
    expect(slowdownOf(runs(1, 1, 1, 9, 9, 9, 9))).toBeNull()
    expect(
      slowdownOf([...runs(1, 1, 1, 9, 9, 9, 9), finished(8, 'failed', 9), finished(9, 'dead', 9)]),
    ).toBeNull()
  })

  it('tenths of a second are no slowdown', () => {
    expect(slowdownOf(runs(0.1, 0.1, 0.1, 0.1, 0.4, 0.4, 0.4, 0.4))).toBeNull()
  })

  it('an odd run belongs to the newer half', () => {
    expect(slowdownOf(runs(1, 1, 1, 1, 5, 5, 5, 1, 1))).toEqual({ before: 1, now: 5 })
  })

  it('getting quicker is no news', () => {
    expect(slowdownOf(runs(9, 9, 9, 9, 1, 1, 1, 1))).toBeNull()
  })

  it('is said in words', () => {
    expect(describeSlowdown({ before: 2, now: 64 })).toBe(
      'The newer runs take 1 m 04 s, the older ones took 2.0 s (medians)',
    )
  })
})

it.each([
  [1, '100 %'],
  [0, '0 %'],
  [0.999, '99 %'],
  [0.001, '1 %'],
  [0.5, '50 %'],
])('a rate of %d is %s', (rate, text) => {
  expect(formatRate(rate)).toBe(text)
})

it('the last runs are one sentence', () => {
  expect(describeRecent({ runs: [] })).toBe('No run has finished yet')
  expect(describeRecent({ runs: runs(2), median_seconds: 2 })).toBe(
    'The last run: 1 completed, typically in 2.0 s',
  )
  const mixed = [
    ...runs(1, 1),
    finished(3, 'dead'),
    finished(4, 'failed'),
    finished(5, 'cancelled'),
  ]
  expect(describeRecent({ runs: mixed })).toBe(
    'The last 5 runs: 2 completed, 2 failed, 1 cancelled',
  )
})
