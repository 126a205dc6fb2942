// @vitest-environment node
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { ApiError } from '../../src/api/errors'
import { followStream, type StreamState } from '../../src/api/eventStream'
import { Presence } from '../../src/api/presence'

const TIMES = {
  silence: 2_000,
  poll: 15,
  firstRetry: 20,
  longestRetry: 40,
  hiddenAfter: 30,
  hiddenPoll: 40,
}

/** A page that can be hidden and shown; the stream looks at nothing else of it. */
function aPage(visibilityState: 'visible' | 'hidden' = 'visible') {
  const page = Object.assign(new EventTarget(), { visibilityState: visibilityState as string })
  vi.stubGlobal('document', page)
  onTestFinished(() => void vi.unstubAllGlobals())
  return (state: 'visible' | 'hidden') => {
    page.visibilityState = state
    page.dispatchEvent(new Event('visibilitychange'))
  }
}

/** Numbers are sent from the one after the last that the client has; `connections` are the open ones. */
async function numbers() {
  const server = createServer((request, response) => {
    const last = Number(request.headers['last-event-id'] ?? 0)
    resumedFrom.push(last)
    open.add(response)
    response.on('close', () => open.delete(response))
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(': hello\n\n')
    for (let i = last + 1; i <= newest; i++) {
      response.write(event(i))
    }
  })
  const open = new Set<ServerResponse>()
  const resumedFrom: number[] = []
  let newest = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open,
    resumedFrom,
    newest: () => newest,
    emit: () => {
      newest++
      open.forEach((response) => response.write(event(newest)))
    },
    breakOff: () => open.forEach((response) => response.destroy()),
  }
}
const event = (id: number) => `id: ${id}\ndata: ${id}\n\n`

function reader(server: Awaited<ReturnType<typeof numbers>>, times = TIMES) {
  const seen: number[] = []
  const states: StreamState[] = []
  const controller = new AbortController()
  let polls = 0
  const finished = followStream(
    {
      open: (id, signal) =>
        fetch(server.url, { signal, headers: id === null ? {} : { 'Last-Event-ID': id } }),
      onEvents: (events) => {
        seen.push(...events.map(({ data }) => Number(data)))
        return false
      },
      onState: (state) => states.push(state),
      poll: async () => {
        polls++
        for (let i = (seen.at(-1) ?? 0) + 1; i <= server.newest(); i++) {
          seen.push(i)
        }
        return false
      },
      lastEventId: () => (seen.length === 0 ? null : String(seen.at(-1))),
    },
    controller.signal,
    times,
  ).catch(() => undefined)
  onTestFinished(() => controller.abort())
  return { seen, states, polls: () => polls, finished, controller }
}

const until = (condition: () => void) => vi.waitFor(condition, { interval: 5, timeout: 3_000 })

describe('a page that is hidden', () => {
  it('gives its connection back, asks now and then, and goes on without gap or repeat', async () => {
    const turn = aPage()
    const server = await numbers()
    const { seen, states, polls } = reader(server)
    await until(() => expect(server.open.size).toBe(1))
    server.emit()
    await until(() => expect(seen).toEqual([1]))

    turn('hidden')
    await until(() => expect(server.open.size).toBe(0))
    server.emit()
    await until(() => expect(seen).toEqual([1, 2]))
    const polled = polls()
    turn('visible')
    await until(() => expect(server.open.size).toBe(1))
    server.emit()

    await until(() => expect(seen).toEqual([1, 2, 3]))
    expect(polled).toBeGreaterThan(0)
    expect(server.resumedFrom).toEqual([0, 2])
    expect(states).toEqual(['connecting', 'live', 'polling', 'connecting', 'live'])
  })

  it('that is opened in the background asks for the stream once it is seen', async () => {
    const turn = aPage('hidden')
    const server = await numbers()
    const { states } = reader(server)
    await until(() => expect(states).toContain('polling'))
    await until(() => expect(server.open.size).toBe(0))

    turn('visible')

    await until(() => expect(server.open.size).toBe(1))
  })

  it('does not try the stream again while nobody looks', async () => {
    const turn = aPage()
    const server = await numbers()
    const { polls } = reader(server, { ...TIMES, hiddenPoll: 10 })
    await until(() => expect(server.open.size).toBe(1))

    turn('hidden')
    await until(() => expect(polls()).toBeGreaterThan(10))

    expect(server.resumedFrom).toEqual([0])
  })
})

it('a page that is hidden for a moment only is not away', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const turn = aPage()
  const presence = new Presence(5_000)
  onTestFinished(() => presence.stop())

  turn('hidden')
  vi.advanceTimersByTime(4_999)
  turn('visible')
  vi.advanceTimersByTime(60_000)
  const afterAMoment = presence.isAway
  turn('hidden')
  vi.advanceTimersByTime(5_000)

  expect([afterAMoment, presence.isAway]).toEqual([false, true])
})

describe('a stream that breaks', () => {
  it('is opened again after the last event', async () => {
    const server = await numbers()
    const { seen } = reader(server)
    await until(() => expect(server.open.size).toBe(1))
    server.emit()
    await until(() => expect(seen).toEqual([1]))

    server.breakOff()
    server.emit()
    await until(() => expect(server.resumedFrom.length).toBeGreaterThan(1))
    await until(() => expect(server.open.size).toBe(1))
    server.emit()

    await until(() => expect(seen).toEqual([1, 2, 3]))
  })

  it('is tried again at once when the page is seen again, however long the wait has become', async () => {
    const turn = aPage()
    const server = await numbers()
    const times = { ...TIMES, firstRetry: 60_000, longestRetry: 60_000, hiddenAfter: 10 }
    const { states } = reader(server, times)
    await until(() => expect(server.open.size).toBe(1))
    server.breakOff()
    await until(() => expect(states).toContain('polling'))

    const presence = new Presence(times.hiddenAfter)
    onTestFinished(() => presence.stop())
    turn('hidden')
    await until(() => expect(presence.isAway).toBe(true))
    turn('visible')

    await until(() => expect(server.open.size).toBe(1))
  })
})

it('a poll that says that this was all ends it', async () => {
  const ended = followStream(
    {
      open: () => Promise.reject(new Error('no stream')),
      onEvents: () => false,
      onState: () => undefined,
      poll: () => Promise.resolve(true),
      lastEventId: () => null,
    },
    new AbortController().signal,
    TIMES,
  )

  await expect(ended).resolves.toBeUndefined()
})

it('a refusal is thrown, and why there is no stream is said', async () => {
  const said: (Error | undefined)[] = []
  let tries = 0
  const refused = followStream(
    {
      open: () =>
        Promise.reject(
          tries++ === 0 ? new Error('not reached') : new ApiError(404, 'not_found', 'no such run'),
        ),
      onEvents: () => false,
      onState: (_, error) => said.push(error),
      poll: () => Promise.resolve(false),
      lastEventId: () => null,
    },
    new AbortController().signal,
    TIMES,
  )

  await expect(refused).rejects.toThrow('no such run')
  expect(said.map((error) => error?.message)).toEqual([undefined, 'not reached'])
})
