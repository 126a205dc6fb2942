import { ConnectionError, isAbort, readApiError } from './errors'

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  body?: unknown
  query?: Readonly<Record<string, string | number | undefined>>
  headers?: Readonly<Record<string, string>>
  signal?: AbortSignal
}

/** What the client needs of the rest of the program; the program sets it once at start. */
export interface ClientHooks {
  token(): string | null
  /** The server no longer takes this token. */
  onUnauthorized(token: string): void
  onReachable(reachable: boolean): void
}

const API = '/api/v1'
let base = import.meta.env.VITE_API_BASE_URL ?? ''
let hooks: ClientHooks = {
  token: () => null,
  onUnauthorized: () => undefined,
  onReachable: () => undefined,
}

export function configureClient(given: ClientHooks, baseUrl = base): void {
  hooks = given
  base = baseUrl
}

/** Throws ApiError for a refusal, ConnectionError when there is no answer, AbortError when aborted. */
export async function requestJson<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await request(path, options)
  if (response.status === 204) {
    return undefined as T
  }
  return (await response.json().catch((error: unknown) => {
    throw isAbort(error) ? error : new ConnectionError(error)
  })) as T
}

/** Where and as whom a request goes that can't be made with `fetch`. */
export function target(path: string) {
  return { url: base + API + path, token: hooks.token(), hooks }
}

/** The successful answer with its body unread; throws as requestJson does. */
export async function request(path: string, options: RequestOptions = {}): Promise<Response> {
  const token = hooks.token()
  const response = await send(path, options, token)
  if (response.ok) {
    return response
  }
  const error = await readApiError(response)
  if (response.status === 401 && token !== null) {
    hooks.onUnauthorized(token)
  }
  throw error
}

async function send(path: string, options: RequestOptions, token: string | null) {
  try {
    const response = await fetch(base + API + path + queryString(options.query), {
      method: options.method ?? 'GET',
      headers: {
        Accept: 'application/json',
        ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...options.headers,
      },
      body: options.body === undefined ? null : JSON.stringify(options.body),
      signal: options.signal ?? null,
      cache: 'no-store',
      credentials: 'omit',
    })
    hooks.onReachable(true)
    return response
  } catch (error) {
    if (isAbort(error) || options.signal?.aborted) {
      throw error
    }
    hooks.onReachable(false)
    throw new ConnectionError(error)
  }
}

function queryString(query: RequestOptions['query']): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined)
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}
