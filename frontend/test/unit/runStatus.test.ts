import { describe, expect, it } from 'vitest'
import type { ErrorClass, RunStatus } from '../../src/api/types'
import { describeExitCode, outcomeOf } from '../../src/domain/runOutcome'
import {
  canBeCancelled,
  displayOf,
  isTerminal,
  parseStatuses,
  STATUS_FILTERS,
} from '../../src/domain/runStatus'
import { aRun } from './samples'

/** The compiler holds this list against the server's document. */
const EVERY_STATUS: Record<RunStatus, true> = {
  queued: true,
  leased: true,
  running: true,
  cancelling: true,
  completed: true,
  failed: true,
  cancelled: true,
  dead: true,
}
const RUN_STATUSES = Object.keys(EVERY_STATUS) as RunStatus[]

describe('status', () => {
  it('each has a word, and no two share both shape and tone', () => {
    const shown = RUN_STATUSES.map(displayOf)

    expect(new Set(shown.map(({ label }) => label)).size).toBe(RUN_STATUSES.length)
    expect(new Set(shown.map(({ shape }) => shape)).size).toBe(RUN_STATUSES.length)
  })

  it('one that a newer server made up is shown by its name', () => {
    expect(displayOf('paused' as RunStatus).label).toBe('paused')
  })

  it('the terminal ones are those of the life cycle', () => {
    expect(RUN_STATUSES.filter(isTerminal).sort()).toEqual([
      'cancelled',
      'completed',
      'dead',
      'failed',
    ])
  })

  it('a run can be cancelled until it is over or about to be', () => {
    expect(RUN_STATUSES.filter(canBeCancelled).sort()).toEqual(['leased', 'queued', 'running'])
  })

  it('the filters cover each status once', () => {
    expect(STATUS_FILTERS.flatMap(({ statuses }) => statuses).sort()).toEqual(
      [...RUN_STATUSES].sort(),
    )
  })

  it.each([
    ['failed,dead', ['dead', 'failed']],
    ['failed,failed,<script>', ['failed']],
    ['', []],
    [undefined, []],
    [['failed'], []],
  ])('from the address: %j', (value, statuses) => {
    expect(parseStatuses(value)).toEqual(statuses)
  })
})

describe('outcome in words', () => {
  it('a failure names the exit code and what was written down', () => {
    const run = aRun({ status: 'failed', exit_code: 137, error_message: 'killed' })

    expect(outcomeOf(run)).toEqual({
      headline: 'The program ended with exit code 137 (killed, often for want of memory).',
      detail: 'killed',
    })
  })

  it.each([
    [{ status: 'failed' }, 'The run failed before the program gave an exit code.'],
    [{ status: 'dead' }, 'The runner was lost, and the run allows no retries.'],
    [{ status: 'dead', max_retries: 2 }, 'The runner was lost, and all 2 retries were used.'],
    [{ status: 'cancelled' }, 'Cancelled before it started.'],
    [
      { status: 'cancelled', started_at: '2026-02-08T12:00:00.000Z' },
      'Cancelled while it was running.',
    ],
  ] as const)('%j', (given, headline) => {
    expect(outcomeOf(aRun(given))?.headline).toBe(headline)
  })

  it.each(['queued', 'leased', 'running', 'cancelling', 'completed'] as const)(
    'nothing needs saying of one that is %s',
    (status) => {
      expect(outcomeOf(aRun({ status }))).toBeNull()
    },
  )

  it.each([
    ['user', /^Up to the app/],
    ['timeout', /more time/],
    ['infrastructure', /^Not up to the app/],
  ] as const)('whose concern it is: %s', (errorClass, concern) => {
    const run = aRun({ status: 'failed', error_class: errorClass })

    expect(outcomeOf(run)?.concern).toMatch(concern)
  })

  it('a class of error that a newer server made up is left out', () => {
    const run = aRun({ status: 'failed', error_class: 'weather' as ErrorClass })

    expect(outcomeOf(run)?.concern).toBeUndefined()
  })

  it('an exit code without a meaning is just its number', () => {
    expect(describeExitCode(3)).toBe('3')
  })
})
