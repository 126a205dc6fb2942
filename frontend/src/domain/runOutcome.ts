import type { ErrorClass, Run } from '@/api/types'

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

const WHOSE_CONCERN: Readonly<Record<ErrorClass, string>> = {
  user: 'Up to the app: its program, its input or what it requires.',
  timeout: 'Up to the app: make it quicker, or give it more time in its Towerfile.',
  infrastructure: 'Not up to the app: whoever operates the runners has to look.',
}

export interface Outcome {
  headline: string
  /** What the runner or the server wrote down about it. */
  detail?: string
  /** Who must act, if somebody said so in a way that this console knows. */
  concern?: string
}

/** Why a run is over in a way that somebody will ask about; null for one that isn't, or that went well. */
export function outcomeOf(run: Run): Outcome | null {
  const headline = headlineOf(run)
  if (headline === null) {
    return null
  }
  return { headline, detail: detailOf(run), concern: concernOf(run) }
}

/** The runner's words, unless they only repeat the exit code. */
function detailOf({ error_message, exit_code }: Run): string | undefined {
  return error_message === `exit: exited with code ${exit_code}` ? undefined : error_message
}

/** The same for a line of a list; empty where there is nothing to explain. */
export function reasonOf(run: Run): string {
  const outcome = outcomeOf(run)
  if (outcome === null) {
    return ''
  }
  if (run.status === 'failed' && outcome.detail === undefined && run.exit_code !== undefined) {
    return `Exit code ${describeExitCode(run.exit_code)}`
  }
  return inShort(outcome.detail ?? outcome.headline)
}

/** Without the word of the closed list that a message begins with (`timeout: timed out after 5 s`). */
function inShort(message: string): string {
  const words = message.replace(/^[a-z_]{2,40}: (?=\S)/, '')
  return words === message ? message : words.charAt(0).toUpperCase() + words.slice(1)
}

function concernOf(run: Run): string | undefined {
  return run.error_class === undefined ? undefined : WHOSE_CONCERN[run.error_class]
}

function headlineOf(run: Run): string | null {
  switch (run.status) {
    case 'failed':
      if (run.error_class === 'timeout') {
        return 'The program reached its time limit and was stopped.'
      }
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
