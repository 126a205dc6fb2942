import type { Attempt, AttemptStatus, Run } from '@/api/types'
import type { Tone } from './runStatus'
import { displayOf, isTerminal } from './runStatus'

export type PhaseKind = 'waiting' | 'preparing' | 'running'

/** A stretch of a run's life; without an end it goes on. In milliseconds since 1970. */
export interface Phase {
  kind: PhaseKind
  from: number
  to: number | undefined
  attemptNo: number | undefined
  tone: Tone
}

export interface AttemptSteps {
  attempt: Attempt
  waiting: Phase | undefined
  preparing: Phase
  running: Phase | undefined
}

export interface Timeline {
  attempts: AttemptSteps[]
  /** After the last attempt, or before the first: it is in the queue, or it was until its end. */
  queue: Phase | undefined
  phases: Phase[]
}

/** What a run went through, one after the other: each attempt waited for, prepared, and run. */
export function timelineOf(run: Run): Timeline {
  const attempts: AttemptSteps[] = []
  let free: number | undefined = Date.parse(run.queued_at)
  for (const attempt of run.attempts ?? []) {
    attempts.push(stepsOf(attempt, free))
    free = parse(attempt.finished_at)
  }
  const queue = queueAtEnd(run, free)
  const phases = [
    ...attempts.flatMap(({ waiting, preparing, running }) => [waiting, preparing, running]),
    queue,
  ].filter((phase) => phase !== undefined)
  return { attempts, queue, phases }
}

function stepsOf(attempt: Attempt, free: number | undefined): AttemptSteps {
  const { attempt_no: attemptNo, status } = attempt
  const leased = Date.parse(attempt.leased_at)
  const started = parse(attempt.started_at)
  const finished = parse(attempt.finished_at)
  const phase = (kind: PhaseKind, from: number, to: number | undefined, tone: Tone): Phase => ({
    kind,
    from,
    to: to === undefined ? undefined : Math.max(from, to),
    attemptNo,
    tone,
  })
  return {
    attempt,
    waiting: free === undefined ? undefined : phase('waiting', free, leased, 'neutral'),
    preparing: phase('preparing', leased, started ?? finished, preparingTone(status, started)),
    running:
      started === undefined ? undefined : phase('running', started, finished, toneOf(status)),
  }
}

/** An attempt that ended while it was prepared has the colour of its end there. */
function preparingTone(status: AttemptStatus, started: number | undefined): Tone {
  return started === undefined && status !== 'leased' ? toneOf(status) : 'info'
}

function toneOf(status: AttemptStatus): Tone {
  return displayOf(status).tone
}

function queueAtEnd(run: Run, free: number | undefined): Phase | undefined {
  const end = isTerminal(run.status) ? parse(run.finished_at) : undefined
  const isQueued = run.status === 'queued'
  const neverTaken = isTerminal(run.status) && (run.attempts ?? []).length === 0
  if (free === undefined || !(isQueued || neverTaken)) {
    return undefined
  }
  return { kind: 'waiting', from: free, to: end, attemptNo: undefined, tone: 'neutral' }
}

/** How wide each phase is drawn, in per cent: by its share, but never too narrow to be seen. */
export function shares(phases: readonly Phase[], now: number, least = 3): number[] {
  const lengths = phases.map(({ from, to }) => Math.max(0, (to ?? now) - from))
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const raised = lengths.map((length) => Math.max(least, total === 0 ? 0 : (length / total) * 100))
  const sum = raised.reduce((all, share) => all + share, 0)
  return raised.map((share) => (share / sum) * 100)
}

function parse(iso: string | undefined): number | undefined {
  return iso === undefined ? undefined : Date.parse(iso)
}
