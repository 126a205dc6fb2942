import type { Attempt, LogEntry, Run } from '../../src/api/types'

export function aRun(given: Partial<Run> = {}): Run {
  return {
    run_id: 7,
    app_id: 1,
    app_slug: 'hello',
    run_no: 3,
    version_no: 1,
    status: 'running',
    priority: 0,
    max_retries: 0,
    retry_count: 0,
    cancel_requested: false,
    queued_at: '2026-02-08T12:00:00.000Z',
    environment: 'default',
    ...given,
  }
}

export function aLine(seq: number, attempt = 1): LogEntry {
  return {
    seq,
    stream: 'stdout',
    line: `line ${seq} of attempt ${attempt}`,
    logged_at: '2026-02-08T12:00:01.000Z',
    attempt_no: attempt,
  }
}

export function anAttempt(given: Partial<Attempt> = {}): Attempt {
  return {
    attempt_id: 1,
    attempt_no: 1,
    status: 'running',
    runner_name: 'runner-a',
    leased_at: '2026-02-08T12:00:00.500Z',
    ...given,
  }
}
