import { target } from './client'
import { ConnectionError, readApiError } from './errors'
import type { Version } from './types'

export interface UploadOptions {
  /** How much of the file has left; all of it long before the answer, for the server checks it then. */
  onProgress?: (sentBytes: number, totalBytes: number) => void
  signal?: AbortSignal
}

/**
 * Makes a file the app's next version. `fetch` tells nothing of how far an upload is, hence the older
 * interface. Throws as requestJson does.
 */
export async function uploadVersion(
  app: string,
  file: File,
  { onProgress, signal }: UploadOptions = {},
): Promise<Version> {
  const { url, token, hooks } = target(`/apps/${app}/versions`)
  const body = new FormData()
  body.append('artifact', file, file.name)
  const response = await post(url, token, body, { onProgress, signal }).catch((error: unknown) => {
    if (error instanceof ConnectionError) {
      hooks.onReachable(false)
    }
    throw error
  })
  hooks.onReachable(true)
  if (response.ok) {
    return (await response.json()) as Version
  }
  if (response.status === 401 && token !== null) {
    hooks.onUnauthorized(token)
  }
  throw await readApiError(response)
}

function post(
  url: string,
  token: string | null,
  body: FormData,
  { onProgress, signal }: UploadOptions,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const xhr = new XMLHttpRequest()
    const abort = () => xhr.abort()
    xhr.open('POST', url)
    xhr.setRequestHeader('Accept', 'application/json')
    if (token !== null) {
      xhr.setRequestHeader('Authorization', `Bearer ${token}`)
    }
    xhr.upload.onprogress = ({ loaded, total }) => onProgress?.(loaded, total)
    xhr.onload = () => resolve(responseOf(xhr))
    xhr.onerror = () => reject(new ConnectionError(new Error('the upload broke off')))
    xhr.onabort = () => reject(new DOMException('The upload was stopped.', 'AbortError'))
    xhr.onloadend = () => signal?.removeEventListener('abort', abort)
    signal?.addEventListener('abort', abort)
    xhr.send(body)
  })
}

function responseOf(xhr: XMLHttpRequest): Response {
  const requestId = xhr.getResponseHeader('X-Request-Id')
  return new Response(xhr.responseText, {
    status: xhr.status,
    headers: requestId === null ? {} : { 'X-Request-Id': requestId },
  })
}
