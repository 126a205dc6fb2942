import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { TeamToken } from '../../src/api/types'
import { safeNext } from '../../src/router'
import { useSessionStore } from '../../src/stores/session'
import { SESSION_KEY } from '../../src/stores/sessionStorage'

const TOKEN: TeamToken = {
  team_id: 1,
  slug: 'data-team',
  token: 'mtk_1',
  token_id: 4,
  role: 'admin',
}

beforeEach(() => {
  sessionStorage.clear()
  localStorage.clear()
  setActivePinia(createPinia())
})

/** As after a reload of the page. */
function reloaded() {
  setActivePinia(createPinia())
  return useSessionStore()
}

describe('keeping', () => {
  it('a session lives in this tab only, unless one stays signed in', () => {
    useSessionStore().begin(TOKEN, false)

    expect(localStorage.length).toBe(0)
    expect(reloaded().token).toBe('mtk_1')

    sessionStorage.clear() // another tab
    expect(reloaded().isSignedIn).toBe(false)
  })

  it('staying signed in outlives the tab and leaves nothing in it', () => {
    useSessionStore().begin(TOKEN, true)

    expect(sessionStorage.length).toBe(0)
    expect(reloaded().session).toEqual({ token: 'mtk_1', team: 'data-team', role: 'admin' })
  })

  it.each(['', 'null', '{', '{"token":1}', '{"token":"t","team":"x","role":"root"}'])(
    'what makes no sense in the storage is no session: %j',
    (stored) => {
      localStorage.setItem(SESSION_KEY, stored)

      expect(reloaded().isSignedIn).toBe(false)
    },
  )

  it('a browser that forbids storage still signs in', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('forbidden', 'SecurityError')
    })
    const session = useSessionStore()

    session.begin(TOKEN, true)

    expect(session.token).toBe('mtk_1')
  })
})

describe('ending', () => {
  it('signing out leaves no trace of the token', () => {
    const session = useSessionStore()
    session.begin(TOKEN, true)

    session.end()

    expect(session.token).toBeNull()
    expect(session.notice).toBeNull()
    expect(reloaded().isSignedIn).toBe(false)
  })

  it('a refused token ends the session once and says why', () => {
    const session = useSessionStore()
    session.begin(TOKEN, false)

    expect(session.expire('mtk_1')).toBe(true)
    expect(session.expire('mtk_1')).toBe(false)

    expect(session.notice).toContain('Sign in again')
    expect(sessionStorage.length).toBe(0)
  })

  it('a late refusal of an older token does not end the new session', () => {
    const session = useSessionStore()
    session.begin(TOKEN, false)
    session.begin({ ...TOKEN, token: 'mtk_2' }, false)

    expect(session.expire('mtk_1')).toBe(false)

    expect(session.token).toBe('mtk_2')
  })

  it('the notice goes with the next sign-in', () => {
    const session = useSessionStore()
    session.begin(TOKEN, false)
    session.expire('mtk_1')

    session.begin(TOKEN, false)

    expect(session.notice).toBeNull()
  })
})

it.each([
  ['/runs/7?x=1#L3', '/runs/7?x=1#L3'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  [['/runs/1'], '/'],
  [undefined, '/'],
])('after signing in %j leads to %s', (next, path) => {
  expect(safeNext(next)).toBe(path)
})
