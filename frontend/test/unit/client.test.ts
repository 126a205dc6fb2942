// @vitest-environment node
import { expect, it, vi } from 'vitest'
import { requestJson } from '../../src/api/client'
import { ApiError, ConnectionError } from '../../src/api/errors'
import { listRuns } from '../../src/api/endpoints'
import { json, serve } from './scriptedServer'

const TOKEN = 'mtk_secret'

it('the token travels as a bearer and never in the address', async () => {
  const { requests } = await serve((_, response) => json(response, 200, { runs: [] }), {
    token: () => TOKEN,
  })

  await listRuns({ statuses: ['failed', 'dead'], cursor: undefined, limit: 50 })

  expect(requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`)
  expect(requests[0]?.url).toBe('/api/v1/runs?status=failed%2Cdead&limit=50')
})

it('a refusal carries the words, the code and the field of the server', async () => {
  await serve((_, response) =>
    json(response, 400, {
      error: {
        code: 'invalid_request',
        message: 'The request is wrong.',
        request_id: 'r-1',
        details: [{ field: 'slug', message: 'must not be empty' }],
      },
    }),
  )

  const error = await refusalOf(requestJson('/teams/signup', { method: 'POST', body: {} }))

  expect(error).toMatchObject({ status: 400, code: 'invalid_request', requestId: 'r-1' })
  expect(error.message).toBe('The request is wrong.')
  expect(error.of('slug')).toBe('must not be empty')
  expect(error.of('name')).toBeUndefined()
})

it.each(['<html>502</html>', '', '{"error":"no envelope"}', 'null'])(
  'an answer without an envelope is still an ApiError: %j',
  async (body) => {
    await serve((_, response) => response.writeHead(502, { 'X-Request-Id': 'r-2' }).end(body))

    const error = await refusalOf(requestJson('/runs'))

    expect(error).toMatchObject({ name: 'ApiError', status: 502, requestId: 'r-2' })
    expect(error.message).toContain('502')
  },
)

it('a 401 reports the token that was refused', async () => {
  const onUnauthorized = vi.fn()
  await serve(
    (_, response) => json(response, 401, { error: { code: 'unauthorized', message: 'no' } }),
    { token: () => TOKEN, onUnauthorized },
  )

  await expect(requestJson('/runs')).rejects.toMatchObject({ status: 401 })

  expect(onUnauthorized).toHaveBeenCalledExactlyOnceWith(TOKEN)
})

it('a 401 to a request without a token, such as a wrong password, ends no session', async () => {
  const onUnauthorized = vi.fn()
  await serve(
    (_, response) => json(response, 401, { error: { code: 'unauthorized', message: 'no' } }),
    { onUnauthorized },
  )

  await expect(requestJson('/teams/login', { method: 'POST', body: {} })).rejects.toMatchObject({
    status: 401,
  })

  expect(onUnauthorized).not.toHaveBeenCalled()
})

it('a server that is away is a ConnectionError and reported as unreachable', async () => {
  const onReachable = vi.fn()
  const { stop } = await serve(() => undefined, { onReachable })
  await stop()

  await expect(requestJson('/runs')).rejects.toBeInstanceOf(ConnectionError)

  expect(onReachable).toHaveBeenCalledExactlyOnceWith(false)
})

it('an answer that breaks off is a ConnectionError', async () => {
  await serve((_, response) => {
    response.writeHead(200, { 'Content-Length': '100' }).write('{"runs":')
    setTimeout(() => response.destroy(), 20)
  })

  await expect(requestJson('/runs')).rejects.toBeInstanceOf(ConnectionError)
})

it('an aborted request stays an AbortError and says nothing of the connection', async () => {
  const onReachable = vi.fn()
  const controller = new AbortController()
  await serve(() => controller.abort(), { onReachable })

  const request = requestJson('/runs', { signal: controller.signal })

  await expect(request).rejects.toMatchObject({ name: 'AbortError' })
  expect(onReachable).not.toHaveBeenCalled()
})

async function refusalOf(request: Promise<unknown>): Promise<ApiError> {
  const error = await request.catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ApiError)
  return error as ApiError
}
