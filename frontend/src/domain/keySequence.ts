/** What a key, or two keys one after the other, do on any page. */
export type KeyAction = { kind: 'go'; to: string } | { kind: 'filter' } | { kind: 'help' }

export interface KeySequence {
  /** The first key of two, and when it was pressed. */
  pending: { key: string; at: number } | null
}

export const IDLE: KeySequence = { pending: null }

/** The second key must come within this many milliseconds. */
export const SEQUENCE_MS = 1_000

export const DESTINATIONS: readonly { key: string; label: string; to: string }[] = [
  { key: 'o', label: 'Overview', to: '/' },
  { key: 'a', label: 'Apps', to: '/apps' },
  { key: 'r', label: 'Runs', to: '/runs' },
  { key: 'n', label: 'Runners', to: '/admin/runners' },
  { key: 't', label: 'Tokens', to: '/settings/tokens' },
]

const SINGLE: Readonly<Record<string, KeyAction>> = {
  '/': { kind: 'filter' },
  '?': { kind: 'help' },
}

/** Takes one key; what it does, if anything, and what the next one comes after. */
export function pressKey(
  { pending }: KeySequence,
  key: string,
  now: number,
): { next: KeySequence; action: KeyAction | null } {
  if (pending !== null && now - pending.at <= SEQUENCE_MS) {
    const found = DESTINATIONS.find((destination) => destination.key === key)
    if (found !== undefined) {
      return { next: IDLE, action: { kind: 'go', to: found.to } }
    }
  }
  if (key === 'g') {
    return { next: { pending: { key, at: now } }, action: null }
  }
  return { next: IDLE, action: SINGLE[key] ?? null }
}
