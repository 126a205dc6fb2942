import { useMutation, useQuery } from '@tanstack/vue-query'
import { authOptions, login, signUp, type NewTeam } from '@/api/endpoints'

export function useAuthOptions() {
  return useQuery({
    queryKey: ['auth', 'options'],
    queryFn: ({ signal }) => authOptions(signal),
    staleTime: 60_000,
  })
}

export interface SignInRequest extends NewTeam {
  kind: 'login' | 'signup'
}

export function useSignIn() {
  return useMutation({
    mutationFn: ({ kind, slug, name, password }: SignInRequest) =>
      kind === 'signup' ? signUp({ slug, name, password }) : login({ slug, password }),
  })
}
