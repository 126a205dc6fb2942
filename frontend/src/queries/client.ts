import { QueryClient } from '@tanstack/vue-query'
import { ConnectionError } from '@/api/errors'
import { forgetRuns } from './recentRuns'

/** A refusal is final; an answer that got lost is asked for again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 1_000,
        retry: (failures, error) => error instanceof ConnectionError && failures < 2,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

/** Forgets all that the server told whoever was signed in. */
export function forgetServerState(client: QueryClient): void {
  client.clear()
  forgetRuns()
}
