import { useQueryClient } from '@tanstack/vue-query'
import { useRouter } from 'vue-router'
import { forgetServerState } from '@/queries/client'
import { useSessionStore } from '@/stores/session'

export function useSignOut() {
  const session = useSessionStore()
  const router = useRouter()
  const client = useQueryClient()
  return async (reason: string | null = null) => {
    session.end(reason)
    await router.push({ name: 'login' })
    forgetServerState(client)
  }
}
