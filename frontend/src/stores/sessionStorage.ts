import type { TeamToken } from '@/api/types'

export interface Session {
  token: string
  team: string
  role: TeamToken['role']
}

export const SESSION_KEY = 'minitower.session'

/** Of this tab, else of the browser; a browser that forbids storage has none. */
export function readStoredSession(): Session | null {
  return read(() => sessionStorage) ?? read(() => localStorage)
}

export function storeSession(session: Session, staySignedIn: boolean): void {
  clearStoredSession()
  attempt(() =>
    (staySignedIn ? localStorage : sessionStorage).setItem(SESSION_KEY, JSON.stringify(session)),
  )
}

export function clearStoredSession(): void {
  attempt(() => sessionStorage.removeItem(SESSION_KEY))
  attempt(() => localStorage.removeItem(SESSION_KEY))
}

function read(storage: () => Storage): Session | null {
  try {
    const value: unknown = JSON.parse(storage().getItem(SESSION_KEY) ?? 'null')
    return isSession(value) ? value : null
  } catch {
    return null
  }
}

function isSession(value: unknown): value is Session {
  const session = value as Partial<Session> | null
  return (
    typeof session?.token === 'string' &&
    typeof session.team === 'string' &&
    (session.role === 'admin' || session.role === 'member')
  )
}

function attempt(action: () => void): void {
  try {
    action()
  } catch {
    // Storage is forbidden or full: the session then lasts as long as the page.
  }
}
