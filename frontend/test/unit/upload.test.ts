import type { ServerResponse } from 'node:http'
import { expect, it, vi } from 'vitest'
import { ApiError, ConnectionError } from '../../src/api/errors'
import { uploadVersion } from '../../src/api/upload'
import { serve, type Handler } from './scriptedServer'

const FILE = new File([new Uint8Array(300_000).fill(7)], 'hello.tar.gz')

/** The page is of another origin than the test's server. */
function allowed(answer: Handler): Handler {
  return (request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', 'authorization')
    response.setHeader('Access-Control-Expose-Headers', 'X-Request-Id')
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end()
    } else {
      answer(request, response)
    }
  }
}

function answer(response: ServerResponse, status: number, value: unknown): void {
  response
    .writeHead(status, { 'Content-Type': 'application/json', 'X-Request-Id': 'req-1' })
    .end(JSON.stringify(value))
}

it('sends the file with the token and tells how far it is', async () => {
  let received = Buffer.alloc(0)
  const { requests } = await serve(
    allowed((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        received = Buffer.concat(chunks)
        answer(response, 201, { version_no: 4 })
      })
    }),
    { token: () => 'mtk_1' },
  )
  const progress: [number, number][] = []

  const version = await uploadVersion('hello', FILE, {
    onProgress: (sent, total) => progress.push([sent, total]),
  })

  expect(version).toEqual({ version_no: 4 })
  const posted = requests.filter(({ method }) => method === 'POST')
  expect(posted.map(({ url, headers }) => [url, headers.authorization])).toEqual([
    ['/api/v1/apps/hello/versions', 'Bearer mtk_1'],
  ])
  expect(received.toString('latin1')).toContain('name="artifact"; filename="hello.tar.gz"')
  expect(received.length).toBeGreaterThan(FILE.size)
  const [sent, total] = progress.at(-1) ?? []
  expect(sent).toBe(total)
  expect(total).toBeGreaterThan(FILE.size)
})

it('a refusal comes in the server’s words', async () => {
  await serve(
    allowed((request, response) => {
      request.resume().on('end', () =>
        answer(response, 400, {
          error: {
            code: 'towerfile_invalid',
            message: 'line 2, column 8: app.script: is required',
          },
        }),
      )
    }),
  )

  const refusal = await uploadVersion('hello', FILE).catch((error: unknown) => error)

  expect(refusal).toBeInstanceOf(ApiError)
  expect(refusal).toMatchObject({
    code: 'towerfile_invalid',
    message: 'line 2, column 8: app.script: is required',
    requestId: 'req-1',
  })
})

it('a token that is no longer taken ends the session', async () => {
  const onUnauthorized = vi.fn()
  await serve(
    allowed((request, response) => {
      request
        .resume()
        .on('end', () => answer(response, 401, { error: { code: 'unauthorized', message: 'no' } }))
    }),
    { token: () => 'mtk_old', onUnauthorized },
  )

  await expect(uploadVersion('hello', FILE)).rejects.toThrow(ApiError)

  expect(onUnauthorized).toHaveBeenCalledExactlyOnceWith('mtk_old')
})

it('can be stopped, which the server notices', async () => {
  const controller = new AbortController()
  const onGone = vi.fn()
  await serve(
    allowed((request) => {
      request.on('data', () => controller.abort())
      request.on('close', onGone)
    }),
  )

  const upload = uploadVersion('hello', FILE, { signal: controller.signal })

  await expect(upload).rejects.toMatchObject({ name: 'AbortError' })
  await vi.waitFor(() => expect(onGone).toHaveBeenCalled())
})

it('is not begun after it was stopped', async () => {
  const { requests } = await serve(allowed((_, response) => answer(response, 201, {})))

  await expect(uploadVersion('hello', FILE, { signal: AbortSignal.abort() })).rejects.toMatchObject(
    { name: 'AbortError' },
  )

  expect(requests).toHaveLength(0)
})

it('a connection that breaks off says so', async () => {
  const onReachable = vi.fn()
  vi.spyOn(console, 'error').mockReturnValue() // jsdom reports it there too
  await serve(
    allowed((request) => void request.socket.destroy()),
    { onReachable },
  )

  await expect(uploadVersion('hello', FILE)).rejects.toThrow(ConnectionError)

  expect(onReachable).toHaveBeenLastCalledWith(false)
})
