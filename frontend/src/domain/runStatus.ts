import type { AttemptStatus, RunStatus } from '@/api/types'

export type Tone = 'neutral' | 'info' | 'good' | 'warn' | 'bad'
export type Shape =
  'waiting' | 'taken' | 'turning' | 'stopping' | 'tick' | 'cross' | 'barred' | 'lost'

export interface StatusDisplay {
  label: string
  tone: Tone
  shape: Shape
  meaning: string
}

type AnyStatus = RunStatus | AttemptStatus

const DISPLAY: Readonly<Record<AnyStatus, StatusDisplay>> = {
  queued: { label: 'Queued', tone: 'neutral', shape: 'waiting', meaning: 'Waits for a runner' },
  leased: {
    label: 'Leased',
    tone: 'info',
    shape: 'taken',
    meaning: 'A runner has taken it and prepares it',
  },
  running: { label: 'Running', tone: 'info', shape: 'turning', meaning: 'The program is running' },
  cancelling: {
    label: 'Cancelling',
    tone: 'warn',
    shape: 'stopping',
    meaning: 'Its runner is stopping it',
  },
  completed: {
    label: 'Completed',
    tone: 'good',
    shape: 'tick',
    meaning: 'The program ended with exit code 0',
  },
  failed: {
    label: 'Failed',
    tone: 'bad',
    shape: 'cross',
    meaning: 'The program failed or could not be started',
  },
  cancelled: {
    label: 'Cancelled',
    tone: 'neutral',
    shape: 'barred',
    meaning: 'Stopped because somebody asked for it',
  },
  dead: {
    label: 'Dead',
    tone: 'bad',
    shape: 'lost',
    meaning: 'Its runner was lost and no retries were left',
  },
  expired: {
    label: 'Expired',
    tone: 'warn',
    shape: 'lost',
    meaning: 'The runner was lost or handed the run back',
  },
}

const TERMINAL: ReadonlySet<AnyStatus> = new Set<AnyStatus>([
  'completed',
  'failed',
  'cancelled',
  'dead',
])

/** A newer server may know more states than this console. */
export function displayOf(status: AnyStatus): StatusDisplay {
  return DISPLAY[status] ?? { label: status, tone: 'neutral', shape: 'waiting', meaning: status }
}

export function isTerminal(status: RunStatus): boolean {
  return TERMINAL.has(status)
}

/** Whether asking to cancel would still change something. */
export function canBeCancelled(status: RunStatus): boolean {
  return !isTerminal(status) && status !== 'cancelling'
}

export interface StatusFilter {
  label: string
  statuses: readonly RunStatus[]
}

/** What the list of runs can be narrowed to. */
export const STATUS_FILTERS: readonly StatusFilter[] = [
  { label: 'All', statuses: [] },
  { label: 'Queued', statuses: ['queued'] },
  { label: 'Active', statuses: ['leased', 'running', 'cancelling'] },
  { label: 'Completed', statuses: ['completed'] },
  { label: 'Failed', statuses: ['failed', 'dead'] },
  { label: 'Cancelled', statuses: ['cancelled'] },
]

const RUN_STATUSES: ReadonlySet<string> = new Set(
  STATUS_FILTERS.flatMap((filter) => filter.statuses),
)

/** Reads `?status=failed,dead` from the address, leaving out what is not a status. */
export function parseStatuses(value: unknown): RunStatus[] {
  const words = typeof value === 'string' ? value.split(',') : []
  return [...new Set(words)].filter((word): word is RunStatus => RUN_STATUSES.has(word)).sort()
}
