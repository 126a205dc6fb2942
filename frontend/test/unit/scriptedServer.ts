import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { configureClient, type ClientHooks } from '../../src/api/client'

export type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** A real server on this machine that answers as the test says; the client talks to it. */
export async function serve(handler: Handler, hooks: Partial<ClientHooks> = {}) {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    handler(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  onTestFinished(async () => {
    await stop()
  })
  const { port } = server.address() as AddressInfo
  configureClient(
    {
      token: () => null,
      onUnauthorized: () => undefined,
      onReachable: () => undefined,
      ...hooks,
    },
    `http://127.0.0.1:${port}`,
  )
  return { requests, stop }
}

export function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
}
