import type { Runner } from '@/api/types'

/** What a runner is up to, in the order of how much somebody should look at it. */
export type RunnerCondition = 'offline' | 'paused' | 'draining' | 'online'

export const CONDITIONS: readonly { value: RunnerCondition; label: string }[] = [
  { value: 'online', label: 'Online' },
  { value: 'draining', label: 'Draining' },
  { value: 'paused', label: 'Paused' },
  { value: 'offline', label: 'Offline' },
]

/** One that isn't heard from is offline, whatever it said last. */
export function conditionOf(runner: Runner): RunnerCondition {
  if (runner.status === 'offline') {
    return 'offline'
  }
  return runner.state === 'working' ? 'online' : runner.state
}

export function parseCondition(text: string): RunnerCondition | null {
  return CONDITIONS.find(({ value }) => value === text)?.value ?? null
}

/** Whose name, environment, version, isolation or labels contain every word of the text. */
export function filterRunners(
  runners: readonly Runner[],
  text: string,
  condition: RunnerCondition | null,
): Runner[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return runners.filter((runner) => {
    const haystack = textOf(runner)
    return (
      (condition === null || conditionOf(runner) === condition) &&
      words.every((word) => haystack.includes(word))
    )
  })
}

/** `key=value`, by key. */
export function labelsOf(runner: Runner): string[] {
  return Object.entries(runner.labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort()
}

function textOf(runner: Runner): string {
  const { name, environment, version, isolation, state_reason } = runner
  return [name, environment, version, isolation, state_reason, ...labelsOf(runner)]
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase()
}

/** What somebody types on the machine that is to become a runner. */
export function runnerCommand(origin: string): string {
  return [
    `MINITOWER_SERVER_URL=${origin}`,
    'MINITOWER_RUNNER_REGISTRATION_TOKEN_FILE=./runner-registration-token',
    'minitower-runner',
  ].join(' ')
}
