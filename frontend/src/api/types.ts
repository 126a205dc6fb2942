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
export type AuthOptions = Schemas['AuthOptionsResponse']
export type TeamToken = Schemas['TeamTokenResponse']
export type FieldError = Schemas['FieldError']
export type ErrorEnvelope = Schemas['ErrorResponse']
export type ErrorCode = Schemas['ErrorBody']['code']
export type App = Schemas['AppResponse']
export type AppPage = Schemas['AppListResponse']
export type NewApp = Schemas['CreateAppRequest']
export type AppChanges = Schemas['UpdateAppRequest']
export type Version = Schemas['VersionResponse']
export type VersionPage = Schemas['VersionListResponse']
export type NewRun = Schemas['CreateRunRequest']
