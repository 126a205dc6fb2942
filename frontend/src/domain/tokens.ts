import type { Token } from '@/api/types'

export type TokenState = 'active' | 'expired' | 'revoked'

export function tokenStateOf(token: Token, now: number): TokenState {
  if (token.revoked_at !== undefined) {
    return 'revoked'
  }
  return token.expires_at !== undefined && Date.parse(token.expires_at) <= now
    ? 'expired'
    : 'active'
}

export const EXPIRIES = [
  { value: 'never', label: 'Never' },
  { value: '7', label: 'In 7 days' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: 'date', label: 'On a date…' },
] as const

export type Expiry = (typeof EXPIRIES)[number]['value']

const DAY_SECONDS = 86_400

/** What the server is to be told; undefined for a token that doesn't expire. A date counts to its end. */
export function expiresInSeconds(expiry: Expiry, date: string, now: number): number | undefined {
  if (expiry === 'never') {
    return undefined
  }
  if (expiry !== 'date') {
    return Number(expiry) * DAY_SECONDS
  }
  return Math.max(1, Math.floor((new Date(`${date}T23:59:59`).getTime() - now) / 1_000))
}

/** For a date field: the day of `time` where the viewer is. */
export function dayOf(time: number): string {
  const day = new Date(time)
  const month = String(day.getMonth() + 1).padStart(2, '0')
  return `${day.getFullYear()}-${month}-${String(day.getDate()).padStart(2, '0')}`
}
