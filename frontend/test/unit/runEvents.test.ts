// @vitest-environment node
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { followRun, TAIL, type FollowState } from '../../src/api/runEvents'
import type { LogEntry, Run } from '../../src/api/types'
import { aLine, anAttempt, aRun } from './samples'
import { json, serve, type Handler } from './scriptedServer'

const TIMES = {
  silence: 2_000,
  poll: 15,
  firstRetry: 20,
  longestRetry: 40,
  hiddenAfter: 20,
  hiddenPoll: 25,
}

interface Route {
  /** One per connection to the stream, the last one for all that follow. */
  streams: Handler[]
  run?: () => Run
  /** The end of this attempt's log, or of the newest one. */
  tail?: (attempt: number | undefined) => LogEntry[]
}

/** Follows a run against a server that does this, until it ends. */
async function follow({ streams, run, tail }: Route, times = TIMES) {
  let connections = 0
  const { requests } = await serve((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://test')
    if (pathname.endsWith('/events')) {
      const stream = streams[Math.min(connections++, streams.length - 1)]
      stream?.(request, response)
    } else if (pathname.endsWith('/logs')) {
      const attempt = searchParams.get('attempt')
      json(response, 200, { logs: tail?.(attempt === null ? undefined : Number(attempt)) ?? [] })
    } else {
      json(response, 200, run?.() ?? aRun())
    }
  })
  const seen = {
    lines: [] as string[],
    stretches: [] as string[],
    runs: [] as Run[],
    states: [] as FollowState[],
  }
  let failure: Error | undefined
  const controller = new AbortController()
  onTestFinished(() => controller.abort())
  await followRun(
    7,
    {
      onLog: ({ attempt, from, to, lines }) => {
        seen.stretches.push(`${attempt}: ${from}–${to}`)
        seen.lines.push(...lines.map((line) => `${line.attempt_no}.${line.seq}`))
      },
      onPlaced: () => undefined,
      onRun: (given) => seen.runs.push(given),
      onState: (state, error) => {
        seen.states.push(state)
        failure = error
      },
    },
    controller.signal,
    times,
  )
  const resumedFrom = requests
    .filter(({ url }) => url?.endsWith('/events'))
    .map(({ headers }) => headers['last-event-id'])
  return { ...seen, failure, resumedFrom }
}

function log(seq: number, attempt = 1): string {
  return `event: log\nid: ${attempt}.${seq}\ndata: ${JSON.stringify(aLine(seq, attempt))}\n\n`
}
const END = 'event: end\ndata: {}\n\n'

function sends(text: string): Handler {
  return (_, response) => open(response).end(text)
}

function breaksAfter(text: string): Handler {
  return (_, response) => {
    open(response).write(text)
    setTimeout(() => response.destroy(), 20)
  }
}

function open(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { 'Content-Type': 'text/event-stream' })
}

function refuses(status: number): Handler {
  return (_: IncomingMessage, response) =>
    json(response, status, { error: { code: 'x', message: `refused with ${status}` } })
}

describe('a stream that holds', () => {
  it('hands on lines and changes of the run and ends with the end', async () => {
    const done = JSON.stringify(aRun({ status: 'completed' }))

    const seen = await follow({
      streams: [sends(`${log(1)}${log(2)}event: run\ndata: ${done}\n\n${END}`)],
    })

    expect(seen.lines).toEqual(['1.1', '1.2'])
    expect(seen.runs.map(({ status }) => status)).toEqual(['completed'])
    expect(seen.states).toEqual(['connecting', 'live', 'ended'])
    expect(seen.resumedFrom).toEqual([undefined])
  })

  it('starts after the end of the log as it is, so that nothing is sent twice', async () => {
    const seen = await follow({
      streams: [sends(log(4) + END)],
      tail: () => [aLine(2), aLine(3)],
    })

    expect(seen.lines).toEqual(['1.2', '1.3', '1.4'])
    expect(seen.stretches).toEqual(['1: 1–3', '1: 4–4'])
    expect(seen.resumedFrom).toEqual(['1.3'])
  })

  it('a full page of the end says nothing of what is before it', async () => {
    const page = Array.from({ length: TAIL }, (_, i) => aLine(5_001 + i))

    const { stretches } = await follow({ streams: [sends(END)], tail: () => page })

    expect(stretches).toEqual(['1: 5001–6000'])
  })

  it('numbers that are left out belong to what is known', async () => {
    const { stretches } = await follow({ streams: [sends(log(1) + log(9) + log(3, 2) + END)] })

    expect(stretches).toEqual(['1: 1–9', '2: 1–3'])
  })

  it('a repeated line and one out of an older attempt are left out', async () => {
    const stream = log(1) + log(2) + log(2) + log(1) + log(1, 2) + log(1) + log(1, 2) + log(2, 2)

    const { lines } = await follow({ streams: [sends(stream + END)] })

    expect(lines).toEqual(['1.1', '1.2', '2.1', '2.2'])
  })
})

describe('a stream that breaks', () => {
  it('is resumed after the last line, without a gap or a repeat', async () => {
    const seen = await follow({
      streams: [breaksAfter(log(1) + log(2)), breaksAfter(log(2) + log(3)), sends(log(4) + END)],
    })

    expect(seen.lines).toEqual(['1.1', '1.2', '1.3', '1.4'])
    expect(seen.resumedFrom).toEqual([undefined, '1.2', '1.3'])
  })

  it('half a line is not taken for a line', async () => {
    const whole = log(2)

    const { lines, resumedFrom } = await follow({
      streams: [breaksAfter(log(1) + whole.slice(0, 40)), sends(whole + END)],
    })

    expect(lines).toEqual(['1.1', '1.2'])
    expect(resumedFrom).toEqual([undefined, '1.1'])
  })

  it('a stream that the server ends before the end event is resumed', async () => {
    const { lines } = await follow({ streams: [sends(log(1)), sends(log(2) + END)] })

    expect(lines).toEqual(['1.1', '1.2'])
  })

  it('a stream that falls silent is given up and resumed', async () => {
    const silent: Handler = (_, response) => open(response).write(log(1))

    const { lines, resumedFrom } = await follow(
      { streams: [silent, sends(log(2) + END)] },
      { ...TIMES, silence: 500 },
    )

    expect(lines).toEqual(['1.1', '1.2'])
    expect(resumedFrom).toEqual([undefined, '1.1'])
  })

  it.each([429, 500, 503])('is tried again after a %i', async (status) => {
    const { lines } = await follow({ streams: [refuses(status), sends(log(1) + END)] })

    expect(lines).toEqual(['1.1'])
  })

  it.each([401, 403, 404])('a %i is final and said', async (status) => {
    const { states, failure } = await follow({ streams: [refuses(status)] })

    expect(states.at(-1)).toBe('failed')
    expect(failure?.message).toBe(`refused with ${status}`)
  })
})

describe('polling', () => {
  it('carries the ends of the logs of all attempts when no stream ever comes', async () => {
    const attempts = [anAttempt({ attempt_no: 1 }), anAttempt({ attempt_no: 2 })]
    let polls = 0

    const seen = await follow({
      streams: [refuses(500)],
      run: () => aRun({ attempts, status: ++polls < 3 ? 'running' : 'completed' }),
      tail: (attempt = 2) => [aLine(1, attempt), aLine(attempt + polls, attempt)],
    })

    expect(seen.lines.at(-1)).toBe('2.5')
    expect(new Set(seen.lines).size).toBe(seen.lines.length - (seen.stretches.length - 1))
    expect(seen.runs.at(-1)?.status).toBe('completed')
    expect(seen.states.at(-1)).toBe('ended')
  })

  it('the stream goes on after what was polled', async () => {
    let connections = 0

    const { lines, resumedFrom } = await follow({
      streams: [
        (request, response) => {
          connections++
          breaksAfter(log(1))(request, response)
        },
        sends(log(3) + log(4) + END),
      ],
      run: () => aRun({ attempts: [anAttempt()] }),
      tail: () => (connections === 0 ? [] : [2, 3].map((seq) => aLine(seq))),
    })

    expect(lines).toEqual(['1.1', '1.2', '1.3', '1.4'])
    expect(resumedFrom).toEqual([undefined, '1.3'])
  })

  it('the last lines of an attempt that ended meanwhile are not lost for the next one', async () => {
    const attempts = [anAttempt({ attempt_no: 1 }), anAttempt({ attempt_no: 2 })]
    let connections = 0

    const { stretches } = await follow({
      streams: [
        (request, response) => {
          connections++
          breaksAfter(log(1))(request, response)
        },
        sends(log(3, 2) + END),
      ],
      run: () => aRun({ attempts }),
      tail: (attempt) =>
        connections === 0 ? [] : attempt === 1 ? [aLine(1), aLine(2)] : [aLine(1, 2), aLine(2, 2)],
    })

    expect(stretches).toEqual(['1: 1–1', '1: 1–2', '2: 1–2', '2: 3–3'])
  })
})

it('nothing more is said once nobody listens', async () => {
  const controller = new AbortController()
  await serve((request, response) => {
    if (request.url?.endsWith('/events')) {
      open(response).write(log(1))
    } else {
      json(response, 200, { logs: [] })
    }
  })
  const states: FollowState[] = []

  await followRun(
    7,
    {
      onLog: () => controller.abort(),
      onPlaced: () => undefined,
      onRun: () => undefined,
      onState: (state) => states.push(state),
    },
    controller.signal,
    TIMES,
  )

  expect(states).toEqual(['connecting', 'live'])
})
