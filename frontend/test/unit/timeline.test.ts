import { describe, expect, it } from 'vitest'
import { shares, timelineOf } from '../../src/domain/timeline'
import { formatOffset } from '../../src/domain/time'
import { anAttempt, aRun } from './samples'

const at = (seconds: number) => new Date(Date.UTC(2026, 1, 8, 12, 0, seconds)).toISOString()
const ms = (iso: string) => Date.parse(iso)

function phasesOf(run: Parameters<typeof timelineOf>[0]) {
  return timelineOf(run).phases.map(({ kind, from, to, tone }) => {
    const start = ms(at(0))
    return [kind, (from - start) / 1_000, to === undefined ? undefined : (to - start) / 1_000, tone]
  })
}

describe('what a run went through', () => {
  it('a run in the queue waits, and goes on waiting', () => {
    const run = aRun({ status: 'queued', queued_at: at(0) })

    expect(phasesOf(run)).toEqual([['waiting', 0, undefined, 'neutral']])
  })

  it('a run that went well waited, was prepared and ran', () => {
    const attempt = anAttempt({
      status: 'completed',
      leased_at: at(2),
      started_at: at(3),
      finished_at: at(9),
    })
    const run = aRun({ status: 'completed', queued_at: at(0), attempts: [attempt] })

    expect(phasesOf(run)).toEqual([
      ['waiting', 0, 2, 'neutral'],
      ['preparing', 2, 3, 'info'],
      ['running', 3, 9, 'good'],
    ])
  })

  it('a retry waits from the end of the attempt before it', () => {
    const first = anAttempt({
      status: 'expired',
      leased_at: at(1),
      started_at: at(2),
      finished_at: at(5),
    })
    const second = anAttempt({ attempt_no: 2, leased_at: at(8), started_at: at(9) })
    const run = aRun({ queued_at: at(0), attempts: [first, second] })

    expect(phasesOf(run)).toEqual([
      ['waiting', 0, 1, 'neutral'],
      ['preparing', 1, 2, 'info'],
      ['running', 2, 5, 'warn'],
      ['waiting', 5, 8, 'neutral'],
      ['preparing', 8, 9, 'info'],
      ['running', 9, undefined, 'info'],
    ])
  })

  it('a run that waits for a retry is in the queue again', () => {
    const lost = anAttempt({ status: 'expired', leased_at: at(1), finished_at: at(5) })
    const run = aRun({ status: 'queued', queued_at: at(0), attempts: [lost] })

    expect(phasesOf(run)).toEqual([
      ['waiting', 0, 1, 'neutral'],
      ['preparing', 1, 5, 'warn'],
      ['waiting', 5, undefined, 'neutral'],
    ])
  })

  it('a run that was cancelled in the queue waited until then', () => {
    const run = aRun({ status: 'cancelled', queued_at: at(0), finished_at: at(4) })

    expect(phasesOf(run)).toEqual([['waiting', 0, 4, 'neutral']])
  })

  it('clocks that do not agree make no phase that ends before it begins', () => {
    const attempt = anAttempt({ leased_at: at(3), started_at: at(2), finished_at: at(1) })
    const run = aRun({ queued_at: at(5), attempts: [attempt] })

    for (const { from, to } of timelineOf(run).phases) {
      expect(to).toBeGreaterThanOrEqual(from)
    }
  })

  it('short phases stay visible, and all fill the bar', () => {
    const phase = { kind: 'running', attemptNo: 1, tone: 'good' } as const
    const phases = [
      { ...phase, from: 0, to: 1 },
      { ...phase, from: 1, to: 1_000_000 },
    ]

    const drawn = shares(phases, 0)

    expect(drawn[0]).toBeGreaterThan(2)
    expect(drawn.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100)
    expect(shares([{ ...phase, from: 5, to: undefined }], 5)).toEqual([100])
  })
})

it.each([
  [0, '0:00.000'],
  [-5, '0:00.000'],
  [250.4, '0:00.250'],
  [59_999.6, '1:00.000'],
  [727_031, '12:07.031'],
  [3_727_031, '1:02:07.031'],
  [90_000_000, '25:00:00.000'],
])('the time since the start: %d', (milliseconds, text) => {
  expect(formatOffset(milliseconds)).toBe(text)
})
