import { describe, expect, it } from 'vitest'
import {
  durationBetween,
  formatAbsolute,
  formatDuration,
  formatRelative,
} from '../../src/domain/time'

const AT = '2026-02-08T12:00:00.000Z'
const NOW = Date.parse(AT)

describe('durations', () => {
  it.each([
    [0, '0.0 s'],
    [449, '0.4 s'],
    [9_949, '9.9 s'],
    [9_950, '10 s'],
    [59_499, '59 s'],
    [59_500, '1 m 00 s'],
    [64_000, '1 m 04 s'],
    [3_599_499, '59 m 59 s'],
    [3_599_500, '1 h 00 m'],
    [7_500_000, '2 h 05 m'],
    [86_400_000, '1 d 00 h'],
    [3 * 86_400_000 + 7 * 3_600_000, '3 d 07 h'],
    [-5_000, '0.0 s'],
  ])('%i ms is %s', (milliseconds, words) => {
    expect(formatDuration(milliseconds)).toBe(words)
  })

  it('what has not started has none, what has not ended lasts until now', () => {
    expect(durationBetween(undefined, undefined, NOW)).toBeNull()
    expect(durationBetween(AT, undefined, NOW + 64_000)).toBe('1 m 04 s')
    expect(durationBetween(AT, '2026-02-08T12:00:02.000Z', NOW + 64_000)).toBe('2.0 s')
  })

  it('a viewer whose clock is behind sees 0, not less', () => {
    expect(durationBetween(AT, undefined, NOW - 60_000)).toBe('0.0 s')
  })
})

describe('relative times', () => {
  it.each([
    [-60_000, 'just now'],
    [4_999, 'just now'],
    [5_000, '5 s ago'],
    [59_999, '59 s ago'],
    [60_000, '1 min ago'],
    [3_600_000, '1 h ago'],
    [86_400_000, 'yesterday'],
    [2 * 86_400_000, '2 days ago'],
  ])('%i ms ago is %s', (ago, words) => {
    expect(formatRelative(AT, NOW + ago)).toBe(words)
  })

  it('the date, once it is over a week', () => {
    expect(formatRelative(AT, NOW + 30 * 86_400_000)).toContain('2026')
  })
})

it('the absolute time is in the zone of the viewer and names it', () => {
  const berlin = formatAbsolute('2026-02-08T12:34:56.789Z', 'en-GB', 'Europe/Berlin')

  expect(berlin).toContain('13:34:56')
  expect(berlin).toMatch(/CET|GMT\+1/)
})
