import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { TeamToken } from '@/api/types'
import { clearStoredSession, readStoredSession, storeSession, type Session } from './sessionStorage'

/** Who is signed in. What comes from the server otherwise is TanStack Query's. */
export const useSessionStore = defineStore('session', () => {
  const session = ref<Session | null>(readStoredSession())
  /** Why the last session ended, for the sign-in page to say once. */
  const notice = ref<string | null>(null)

  const isSignedIn = computed(() => session.value !== null)
  const isAdmin = computed(() => session.value?.role === 'admin')
  const token = computed(() => session.value?.token ?? null)

  function begin(given: TeamToken, staySignedIn: boolean): void {
    session.value = { token: given.token, team: given.slug, role: given.role }
    notice.value = null
    storeSession(session.value, staySignedIn)
  }

  function end(reason: string | null = null): void {
    session.value = null
    notice.value = reason
    clearStoredSession()
  }

  /** True for the first refusal of the token in use; answers to an older token change nothing. */
  function expire(refusedToken: string): boolean {
    if (refusedToken !== token.value) {
      return false
    }
    end('Your session has ended or its token was revoked. Sign in again.')
    return true
  }

  return { session, notice, isSignedIn, isAdmin, token, begin, end, expire }
})
