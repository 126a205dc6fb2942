import type { Run } from '@/api/types'

/** Exit codes that a shell or the kernel gives a meaning. */
const EXIT_CODES: Readonly<Record<number, string>> = {
  126: 'the script can’t be executed',
  127: 'a command was not found',
  130: 'interrupted',
  134: 'the program aborted itself',
  137: 'killed, often for want of memory',
  139: 'it crashed with a memory fault',
  143: 'terminated',
}

export interface Outcome {
  headline: string
  /** What the runner or the server wrote down about it. */
  detail?: string
}

/** Why a run is over in a way that somebody will ask about; null for one that isn't, or that went well. */
export function outcomeOf(run: Run): Outcome | null {
  const headline = headlineOf(run)
  if (headline === null) {
    return null
  }
  return run.error_message === undefined ? { headline } : { headline, detail: run.error_message }
}

function headlineOf(run: Run): string | null {
  switch (run.status) {
    case 'failed':
      return run.exit_code === undefined
        ? 'The run failed before the program gave an exit code.'
        : `The program ended with exit code ${describeExitCode(run.exit_code)}.`
    case 'dead':
      return run.max_retries === 0
        ? 'The runner was lost, and the run allows no retries.'
        : `The runner was lost, and all ${run.max_retries} retries were used.`
    case 'cancelled':
      return run.started_at === undefined
        ? 'Cancelled before it started.'
        : 'Cancelled while it was running.'
    default:
      return null
  }
}

export function describeExitCode(code: number): string {
  const meaning = EXIT_CODES[code]
  return meaning === undefined ? String(code) : `${code} (${meaning})`
}
