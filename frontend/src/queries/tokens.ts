import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { changePassword, createToken, listTokens, revokeToken } from '@/api/tokens'
import type { Token } from '@/api/types'

const PAGE_SIZE = 100

export const tokenKeys = { list: ['tokens'] as const }

/** The tokens that one may see, newest first, page after page. */
export function useTokens() {
  const query = useInfiniteQuery({
    queryKey: tokenKeys.list,
    queryFn: ({ pageParam, signal }) => listTokens({ cursor: pageParam, limit: PAGE_SIZE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
  })
  const tokens = computed(() => query.data.value?.pages.flatMap((page) => page.tokens) ?? [])
  return { ...query, tokens }
}

export function useCreateToken() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: createToken,
    onSuccess: () => client.invalidateQueries({ queryKey: tokenKeys.list }),
    // The answer holds the token's value: it is not kept once nobody looks at it.
    gcTime: 0,
  })
}

/** Whoever revokes the token in use is signed out by that: then there is nothing to ask for again. */
export function useRevokeToken() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (token: Token) => revokeToken(token.token_id),
    onSuccess: (_, { current }) =>
      current ? undefined : client.invalidateQueries({ queryKey: tokenKeys.list }),
  })
}

export function useChangePassword() {
  return useMutation({ mutationFn: changePassword, gcTime: 0 })
}
