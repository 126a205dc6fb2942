import { requestJson } from './client'
import type { CreatedToken, NewToken, PasswordChange, TokenPage } from './types'

export const listTokens = (
  page: { cursor: string | undefined; limit: number },
  signal?: AbortSignal,
) => requestJson<TokenPage>('/tokens', { query: page, signal })

export const createToken = (token: NewToken) =>
  requestJson<CreatedToken>('/tokens', { method: 'POST', body: token })

export const revokeToken = (tokenId: number) =>
  requestJson<undefined>(`/tokens/${tokenId}`, { method: 'DELETE' })

export const changePassword = (change: PasswordChange) =>
  requestJson<undefined>('/teams/password', { method: 'POST', body: change })
