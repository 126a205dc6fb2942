import type { NewRun } from '@/api/types'

/** The fields beside the input, as typed; empty means the server's default. */
export interface RunOptionTexts {
  priority: string
  max_retries: string
}

export type RunOptionName = keyof RunOptionTexts

const LIMITS: Readonly<Record<RunOptionName, readonly [number, number]>> = {
  priority: [-1000, 1000],
  max_retries: [0, 100],
}

/** What is wrong with one of them. */
export function runOptionProblem(name: RunOptionName, text: string): string | undefined {
  const [least, most] = LIMITS[name]
  const number = Number(text)
  const isFine = text.trim() === '' || (/^\s*[+-]?\d{1,9}\s*$/.test(text) && number >= least)
  return isFine && number <= most
    ? undefined
    : `Must be a whole number from ${String(least).replace('-', '−')} to ${most}.`
}

/** For the request; only for texts without a problem. */
export function runOptionsOf(texts: RunOptionTexts): Pick<NewRun, RunOptionName> {
  return Object.fromEntries(
    Object.entries(texts)
      .filter(([, text]) => text.trim() !== '')
      .map(([name, text]) => [name, Number(text)]),
  )
}
