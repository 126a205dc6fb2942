import { createReadStream, existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import type { Run } from '../../src/api/types'
import { World, type FakeRun } from './world'

/** What minitowerd sends with every page. */
const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.txt': 'text/plain',
}
const TEAM = 'data-team'
const PASSWORD = 'correct horse'
const TOKEN = 'mtk_of-the-fake-server'

/** A made-up API over HTTP, and the built console beside it. Knows one team. */
export async function startFake({ port = 0, webRoot = 'dist' } = {}) {
  const world = World.populated()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake')
    const route = url.pathname.startsWith('/api/v1/') ? api : page
    void route({ world, webRoot, url, request, response })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { port: bound } = server.address() as AddressInfo
  const stop = () => {
    world.stop()
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${bound}`, team: TEAM, password: PASSWORD, stop }
}

interface Exchange {
  world: World
  webRoot: string
  url: URL
  request: IncomingMessage
  response: ServerResponse
}

async function page({ webRoot, url, response }: Exchange): Promise<void> {
  const path = url.pathname === '/api/docs' ? '/api-docs/index.html' : normalize(url.pathname)
  const wanted = join(webRoot, path)
  const file = extname(path) !== '' && existsSync(wanted) ? wanted : join(webRoot, 'index.html')
  response.setHeader('Content-Security-Policy', CSP)
  response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream')
  createReadStream(file).pipe(response)
}

async function api(exchange: Exchange): Promise<void> {
  const { world, url, request, response } = exchange
  const path = url.pathname.slice('/api/v1'.length)
  const [, runId, action] = /^\/runs\/(\d+)(?:\/(\w+))?$/.exec(path) ?? []
  if (path === '/openapi.json') {
    createReadStream('../docs/openapi.json').pipe(response)
  } else if (path === '/auth/options') {
    json(response, 200, { signup_enabled: true, bootstrap_enabled: false })
  } else if (path === '/teams/login' || path === '/teams/signup') {
    await signIn(exchange)
  } else if (request.headers.authorization !== `Bearer ${TOKEN}`) {
    refuse(response, 401, 'unauthorized', 'The token is unknown, expired or revoked.')
  } else if (path === '/runs') {
    listRuns(exchange)
  } else if (runId !== undefined) {
    const entry = world.find(Number(runId))
    if (entry === undefined) {
      refuse(response, 404, 'not_found', `There is no run ${runId}.`)
    } else {
      oneRun(exchange, entry, action)
    }
  } else {
    await appCall(exchange, path)
  }
}

async function signIn({ request, response }: Exchange): Promise<void> {
  const { slug, password } = (await body(request)) as { slug?: string; password?: string }
  if (slug === TEAM && password === PASSWORD) {
    json(response, 201, { team_id: 1, slug, token: TOKEN, token_id: 1, role: 'admin' })
  } else {
    refuse(response, 401, 'unauthorized', 'The team or the password is wrong.')
  }
}

function listRuns({ world, url, response }: Exchange): void {
  const statuses = url.searchParams.get('status')?.split(',')
  const limit = Number(url.searchParams.get('limit') ?? 50)
  const before = Number(url.searchParams.get('cursor') ?? Infinity)
  const matching = world.runs
    .map(({ run }) => run)
    .filter((run) => run.run_id < before && (statuses?.includes(run.status) ?? true))
    .reverse()
  const runs = matching.slice(0, limit).map(withoutAttempts)
  const next = matching.length > limit ? { next_cursor: String(runs.at(-1)?.run_id) } : {}
  json(response, 200, { runs, ...next })
}

function oneRun(exchange: Exchange, entry: FakeRun, action: string | undefined): void {
  const { world, url, response } = exchange
  if (action === 'cancel') {
    json(response, 200, world.cancel(entry.run.run_id))
  } else if (action === 'logs') {
    const after = Number(url.searchParams.get('after_seq') ?? 0)
    json(response, 200, { logs: entry.log.filter(({ seq }) => seq > after) })
  } else if (action === 'events') {
    events(exchange, entry)
  } else {
    json(response, 200, entry.run)
  }
}

function events({ world, request, response }: Exchange, entry: FakeRun): void {
  let sent = Number(String(request.headers['last-event-id'] ?? '1.0').split('.')[1])
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  const id = String(entry.run.run_id)
  const send = () => {
    for (const line of entry.log.slice(sent)) {
      response.write(
        `event: log\nid: ${line.attempt_no}.${line.seq}\ndata: ${JSON.stringify(line)}\n\n`,
      )
    }
    sent = entry.log.length
    response.write(`event: run\ndata: ${JSON.stringify(withoutAttempts(entry.run))}\n\n`)
    if (world.isOver(entry)) {
      response.end('event: end\ndata: {}\n\n')
    }
  }
  world.on(id, send)
  response.on('close', () => world.off(id, send))
  send()
}

/** Enough of apps and versions for a deployment; what is deployed does not matter. */
async function appCall({ world, request, response }: Exchange, path: string): Promise<void> {
  const [, app, what] = /^\/apps\/([a-z0-9-]+)\/(versions|runs)$/.exec(path) ?? []
  if (path === '/apps' || what === 'versions') {
    request.resume()
    json(response, 201, { version_no: 1 })
  } else if (app !== undefined && what === 'runs') {
    const { input } = (await body(request)) as { input?: Record<string, unknown> }
    json(response, 201, world.create(app, input ?? {}))
  } else {
    refuse(response, 404, 'not_found', `There is no ${path}.`)
  }
}

function withoutAttempts(run: Run): Run {
  return { ...run, attempts: undefined }
}

async function body(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) {
    chunks.push(chunk as Buffer)
  }
  const text = Buffer.concat(chunks).toString()
  return text === '' ? {} : JSON.parse(text)
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  json(response, status, { error: { code, message, request_id: 'fake' } })
}
