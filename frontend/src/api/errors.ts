import type { ErrorEnvelope, FieldError } from './types'

/** A refusal of the server's, in its own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: readonly FieldError[] = [],
    readonly requestId?: string,
  ) {
    super(message)
  }

  /** What the server says of one field, if that is at fault. */
  of(field: string): string | undefined {
    return this.details.find((detail) => detail.field === field)?.message
  }
}

/** The server was not reached, or the answer broke off. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'

  constructor(cause: unknown) {
    super('The server can’t be reached.', { cause })
  }
}

/** Reads the error envelope; something between us and the server may have answered without one. */
export async function readApiError(response: Response): Promise<ApiError> {
  const requestId = response.headers.get('X-Request-Id') ?? undefined
  const body = await response.json().catch(() => undefined)
  if (!isEnvelope(body)) {
    const message = `The server answered ${response.status} without saying why.`
    return new ApiError(response.status, 'unknown', message, [], requestId)
  }
  const { code, message, details, request_id } = body.error
  return new ApiError(response.status, code, message, details ?? [], request_id ?? requestId)
}

function isEnvelope(body: unknown): body is ErrorEnvelope {
  const error = (body as Partial<ErrorEnvelope> | null | undefined)?.error
  return typeof error?.code === 'string' && typeof error.message === 'string'
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

/** For showing to a person. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
