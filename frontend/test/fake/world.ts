import { EventEmitter } from 'node:events'
import type { Attempt, LogEntry, Run, RunStatus } from '../../src/api/types'

export interface FakeRun {
  run: Run
  log: LogEntry[]
}

const MINUTE = 60_000
const TERMINAL: readonly RunStatus[] = ['completed', 'failed', 'cancelled', 'dead']

/** Runs in memory. Emits the run's id whenever it or its log changed. */
export class World extends EventEmitter<Record<string, []>> {
  readonly runs: FakeRun[] = []
  private readonly timers = new Set<NodeJS.Timeout>()

  /** Enough of everything that each page has something to show. */
  static populated(): World {
    const world = new World()
    const history: RunStatus[] = [
      'completed',
      'completed',
      'failed',
      'completed',
      'cancelled',
      'dead',
    ]
    for (let i = 0; i < 120; i++) {
      world.past(history[i % history.length] ?? 'completed', (130 - i) * 7 * MINUTE)
    }
    world.add('nightly-backup-of-the-accounting-database', {})
    return world
  }

  create(app: string, input: Record<string, unknown>): Run {
    const entry = this.add(app, input)
    this.later(150, () => this.begin(entry, app))
    return entry.run
  }

  cancel(id: number): Run | undefined {
    const entry = this.find(id)
    if (entry && !TERMINAL.includes(entry.run.status)) {
      entry.run.cancel_requested = true
      this.move(entry, entry.run.status === 'queued' ? 'cancelled' : 'cancelling')
      if (entry.run.status === 'cancelling') {
        this.later(400, () => this.move(entry, 'cancelled'))
      }
    }
    return entry?.run
  }

  find(id: number): FakeRun | undefined {
    return this.runs.find(({ run }) => run.run_id === id)
  }

  isOver(entry: FakeRun): boolean {
    return TERMINAL.includes(entry.run.status)
  }

  stop(): void {
    this.timers.forEach((timer) => clearTimeout(timer))
    this.removeAllListeners()
  }

  private add(app: string, input: Record<string, unknown>, queuedAt = Date.now()): FakeRun {
    const no = this.runs.length + 1
    const run: Run = {
      run_id: no,
      app_id: 1,
      app_slug: app,
      run_no: no,
      version_no: 3,
      status: 'queued',
      input,
      priority: 0,
      max_retries: 1,
      retry_count: 0,
      cancel_requested: false,
      queued_at: new Date(queuedAt).toISOString(),
      environment: 'default',
      attempts: [],
    }
    const entry = { run, log: [] }
    this.runs.push(entry)
    return entry
  }

  private past(status: RunStatus, ago: number): void {
    const start = Date.now() - ago
    const entry = this.add(
      ['etl', 'hello', 'backup'][this.runs.length % 3] ?? 'etl',
      { region: 'eu', dry_run: false, since: '2026-11-01' },
      start,
    )
    this.attempt(entry, start + 800)
    for (const line of PAST_LINES) {
      this.write(entry, line, line.startsWith('Traceback') ? 'stderr' : 'stdout', start + 2_000)
    }
    if (status === 'failed') {
      FAILURE.forEach((line) => this.write(entry, line, 'stderr', start + 3_000))
      Object.assign(entry.run, {
        exit_code: 1,
        error_message: 'ValueError: could not convert string to float: "n/a"',
        error_class: 'user',
      })
    }
    if (status === 'dead') {
      entry.run.error_message =
        'The lease of attempt 1 ran out: runner-a was last heard of 61 s before.'
      entry.run.error_class = 'infrastructure'
    }
    this.move(entry, status, start + 800 + this.runs.length * 3_700)
  }

  private begin(entry: FakeRun, app: string): void {
    if (this.isOver(entry)) {
      return
    }
    this.attempt(entry, Date.now())
    this.move(entry, 'running')
    const isLong = app.includes('long')
    let count = 0
    const tick = () => {
      if (entry.run.status !== 'running') return
      this.write(
        entry,
        `line ${++count} of the program \u001b[32mok\u001b[0m`,
        'stdout',
        Date.now(),
      )
      this.emit(String(entry.run.run_id))
      if (app.includes('fail') && count === 1) {
        this.fail(entry)
      } else if (!isLong && count === 5) {
        entry.run.exit_code = 0
        this.move(entry, 'completed')
      } else {
        this.later(isLong ? 100 : 50, tick)
      }
    }
    tick()
  }

  private fail(entry: FakeRun): void {
    for (let i = 1; i <= 3_000; i++) {
      this.write(entry, `step ${i}`, 'stdout', Date.now())
    }
    this.write(entry, 'no such table: accounts', 'stderr', Date.now())
    Object.assign(entry.run, { exit_code: 3, error_message: 'exit code 3', error_class: 'user' })
    this.move(entry, 'failed')
  }

  private attempt(entry: FakeRun, at: number): void {
    const time = new Date(at).toISOString()
    entry.run.started_at = time
    const attempt: Attempt = {
      attempt_id: entry.run.run_id,
      attempt_no: 1,
      status: 'running',
      runner_name: 'runner-a',
      leased_at: time,
      started_at: time,
    }
    entry.run.attempts = [attempt]
  }

  private write(entry: FakeRun, line: string, stream: LogEntry['stream'], at: number): void {
    const seq = entry.log.length + 1
    entry.log.push({ seq, stream, line, logged_at: new Date(at).toISOString(), attempt_no: 1 })
  }

  private move(entry: FakeRun, status: RunStatus, at = Date.now()): void {
    const attempt = entry.run.attempts?.[0]
    entry.run.status = status
    if (TERMINAL.includes(status)) {
      entry.run.finished_at = new Date(at).toISOString()
    }
    if (attempt && status !== 'queued') {
      attempt.status = status === 'dead' ? 'expired' : status
      Object.assign(attempt, { finished_at: entry.run.finished_at, exit_code: entry.run.exit_code })
    }
    this.emit(String(entry.run.run_id))
  }

  private later(milliseconds: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      action()
    }, milliseconds)
    this.timers.add(timer)
  }
}

const PAST_LINES = [
  '\u001b[1mReading\u001b[0m s3-export/2026-11-01.csv',
  '\u001b[34mINFO\u001b[0m  rows=\u001b[36m18204\u001b[0m columns=\u001b[36m14\u001b[0m',
  '\u001b[33mWARN\u001b[0m  3 rows without a customer were left out',
  '\u001b[38;5;208m████████████████████\u001b[0m 100 %',
  'a tag of the input: <b onclick="alert(1)">not markup</b>',
  ...Array.from(
    { length: 60 },
    (_, i) => `loaded batch ${i + 1} of 60 in ${(40 + ((i * 7919) % 90)).toString()} ms`,
  ),
]
const FAILURE = [
  'Traceback (most recent call last):',
  '  File "/work/main.py", line 42, in <module>',
  '    total += float(row["amount"])',
  '\u001b[31mValueError\u001b[0m: could not convert string to float: "n/a"',
]
