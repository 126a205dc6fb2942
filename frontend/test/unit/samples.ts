import type { App, Attempt, FinishedRun, LogEntry, Run, Version } from '../../src/api/types'

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

export function finished(
  runNo: number,
  status: FinishedRun['status'] = 'completed',
  seconds?: number,
): FinishedRun {
  return {
    run_id: 100 + runNo,
    run_no: runNo,
    status,
    finished_at: '2026-02-08T12:00:09.000Z',
    ...(seconds === undefined ? {} : { duration_seconds: seconds }),
  }
}

export function anApp(given: Partial<App> = {}): App {
  return {
    app_id: 1,
    slug: 'hello',
    disabled: false,
    created_at: '2026-02-08T12:00:00.000Z',
    updated_at: '2026-02-08T12:00:00.000Z',
    latest_version_no: 1,
    ...given,
  }
}

export function aVersion(given: Partial<Version> = {}): Version {
  return {
    version_id: 1,
    version_no: 1,
    entrypoint: 'main.py',
    artifact_sha256: 'a'.repeat(64),
    towerfile_toml: '[app]\nname = "hello"\nscript = "main.py"\n',
    created_at: '2026-02-08T12:00:00.000Z',
    artifact_size: 512,
    content_sha256: 'c'.repeat(64),
    ...given,
  }
}
