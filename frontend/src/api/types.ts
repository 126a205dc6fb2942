import type { components } from './schema'

type Schemas = components['schemas']

export type Run = Schemas['RunResponse']
export type RunPage = Schemas['RunListResponse']
export type RunStatus = Run['status']
export type ErrorClass = NonNullable<Run['error_class']>
export type Attempt = Schemas['AttemptResponse']
export type AttemptStatus = Attempt['status']
export type LogEntry = Schemas['LogEntryResponse']
export type LogPage = Schemas['LogListResponse']
/** Until the schema of the search is generated. */
export interface LogHits {
  attempt_no?: number
  seqs: number[]
  next_after_seq?: number
}
export type AuthOptions = Schemas['AuthOptionsResponse']
export type TeamToken = Schemas['TeamTokenResponse']
export type FieldError = Schemas['FieldError']
export type ErrorEnvelope = Schemas['ErrorResponse']
export type ErrorCode = Schemas['ErrorBody']['code']
export type Role = Schemas['Role']
export type Token = Schemas['TokenResponse']
export type TokenPage = Schemas['TokenListResponse']
export type NewToken = Schemas['CreateTokenRequest']
export type CreatedToken = Schemas['CreatedTokenResponse']
export type PasswordChange = Schemas['ChangePasswordRequest']
export type Runner = Schemas['RunnerResponse']
export type RunnerPage = Schemas['RunnerListResponse']
export type App = Schemas['AppResponse']
export type AppPage = Schemas['AppListResponse']
