import { expect, it } from 'vitest'
import type { EnvironmentQueue } from '../../src/api/types'
import { noticesOf } from '../../src/domain/attention'
import { aRun } from './samples'

const NOW = Date.parse('2026-02-08T12:00:00.000Z')
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString()

function aQueue(given: Partial<EnvironmentQueue> = {}): EnvironmentQueue {
  return { environment: 'default', queued_runs: 0, active_runs: 0, runners_online: 1, ...given }
}

const words = (...given: Parameters<typeof noticesOf>) => noticesOf(...given).map((n) => n.words)

it('says nothing while all is well', () => {
  const queue = [
    aQueue({ queued_runs: 3, oldest_queued_at: ago(4) }),
    aQueue({ runners_online: 0 }),
  ]
  const failures = [aRun({ status: 'failed', finished_at: ago(61) })]

  expect(words(queue, failures, NOW)).toEqual([])
})

it('runs that nobody will take come first, and are not said to wait long as well', () => {
  const queue = [
    aQueue({ environment: 'gpu', queued_runs: 1, oldest_queued_at: ago(90), runners_online: 0 }),
    aQueue({ queued_runs: 2, oldest_queued_at: ago(6) }),
  ]

  expect(words(queue, [], NOW)).toEqual([
    '1 run waits in gpu, where no runner is online.',
    'A run in default has waited for 6 m 00 s.',
  ])
})

it('counts the failures of the last hour, and leads to them', () => {
  const failures = [
    aRun({ status: 'failed', finished_at: ago(59) }),
    aRun({ status: 'dead', finished_at: ago(1) }),
    aRun({ status: 'failed', finished_at: ago(120) }),
  ]

  const [notice] = noticesOf([], failures, NOW)

  expect(notice?.words).toBe('2 runs failed in the last hour.')
  expect(notice?.to).toEqual({ name: 'runs', query: { status: 'dead,failed' } })
})

it('a list that is cut off counts at least as many', () => {
  const failures = Array.from({ length: 50 }, () => aRun({ status: 'failed', finished_at: ago(5) }))

  expect(words([], failures, NOW)).toEqual(['50 runs or more failed in the last hour.'])
})

it('many of a kind are told in one sentence', () => {
  const queue = ['a', 'b', 'c'].map((environment) =>
    aQueue({ environment, queued_runs: 2, runners_online: 0 }),
  )
  const slow = [7, 9, 8].map((minutes) =>
    aQueue({ environment: `e${minutes}`, queued_runs: 1, oldest_queued_at: ago(minutes) }),
  )

  expect(words([...queue, ...slow], [], NOW)).toEqual([
    '6 runs wait in 3 environments where no runner is online.',
    'A run in e9 has waited for 9 m 00 s.',
  ])
})
