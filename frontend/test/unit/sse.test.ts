import { expect, it } from 'vitest'
import { SseParser } from '../../src/api/sse'

const STREAM =
  ': hello\r\nevent: log\r\nid: 1.1\r\ndata: {"a":1}\r\n\r\nretry: 5\n\nevent:run\ndata:first\ndata: second\n\n: ping\n\ndata: plain\r\r'
const EVENTS = [
  { event: 'log', data: '{"a":1}', id: '1.1' },
  { event: 'run', data: 'first\nsecond', id: '1.1' },
  { event: 'message', data: 'plain', id: '1.1' },
]

it('a stream reads the same however it is cut', () => {
  for (let size = 1; size <= STREAM.length; size++) {
    const parser = new SseParser()
    const chunks = Array.from({ length: Math.ceil(STREAM.length / size) }, (_, i) =>
      STREAM.slice(i * size, (i + 1) * size),
    )

    // The last carriage return might be half of a line end: one more line tells.
    const events = [...chunks, ': end\n'].flatMap((chunk) => parser.push(chunk))

    expect(events, `in pieces of ${size}`).toEqual(EVENTS)
  }
})

it('an event that the end of the stream cuts off is not given out', () => {
  const parser = new SseParser()

  expect(parser.push('event: log\ndata: {"half":')).toEqual([])
})

it('an event without data does not lend its name to the next one', () => {
  const parser = new SseParser()

  expect(parser.push('event: end\n\ndata: x\n\n')).toEqual([
    { event: 'message', data: 'x', id: null },
  ])
})

it('an id with a NUL is ignored', () => {
  const parser = new SseParser()

  expect(parser.push('id: 1.1\ndata: a\n\nid: 2\0\ndata: b\n\n').map(({ id }) => id)).toEqual([
    '1.1',
    '1.1',
  ])
})
