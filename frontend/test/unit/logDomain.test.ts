import { describe, expect, it } from 'vitest'
import { parseAnsi } from '../../src/domain/ansi'
import { extendedTo, lineHash, parseAttempt, parseLineHash } from '../../src/domain/lineLink'
import { markFound, placeOf, step, textOf } from '../../src/domain/logSearch'
import { ROW_HEIGHT, RowScroll } from '../../src/domain/rowScroll'

describe('links to lines', () => {
  it.each([
    ['#L120', { from: 120, to: 120 }],
    ['#L120-L140', { from: 120, to: 140 }],
    ['#L120-140', { from: 120, to: 140 }],
    ['#L140-L120', { from: 120, to: 140 }],
  ])('%s', (hash, range) => expect(parseLineHash(hash)).toEqual(range))

  it.each(['', '#', '#L', '#L0', '#L-1', '#L1.5', '#l1', '#L1-', '#L1-L0', '#L1e3', '#main', 'L1'])(
    'is none: %s',
    (hash) => expect(parseLineHash(hash)).toBeNull(),
  )

  it('what is written is read again', () => {
    const range = { from: 3, to: 9 }

    expect(lineHash({ from: 3, to: 3 })).toBe('#L3')
    expect(parseLineHash(lineHash(range))).toEqual(range)
  })

  it('a click with shift goes on from what is marked, either way', () => {
    expect(extendedTo(null, 7)).toEqual({ from: 7, to: 7 })
    expect(extendedTo({ from: 5, to: 5 }, 9)).toEqual({ from: 5, to: 9 })
    expect(extendedTo({ from: 5, to: 9 }, 2)).toEqual({ from: 2, to: 5 })
  })

  it('an attempt in the address is a number from 1', () => {
    const given = ['2', '0', '-1', '1e9', 'x', '', ['1'], null, undefined]

    expect(given.map(parseAttempt)).toEqual([2, ...Array<undefined>(8).fill(undefined)])
  })
})

describe('what is found in a line', () => {
  const found = (line: string, wanted: string) =>
    markFound(parseAnsi(line), wanted).map(({ text, found }) => (found ? `[${text}]` : text))

  it.each([
    ['an error, an Error', 'error', ['an ', '[error]', ', an ', '[Error]']],
    ['none', 'error', ['none']],
    ['a.c abc', 'a.c', ['[a.c]', ' abc']],
    ['((', '(', ['[(]', '[(]']],
    ['STRASSE straße', 'straße', ['STRASSE ', '[straße]']],
    ['x👍y', '👍', ['x', '[👍]', 'y']],
    ['all', '', ['all']],
  ])('%s / %s', (line, wanted, parts) => expect(found(line, wanted)).toEqual(parts))

  it('a hit goes over the borders of colours, and keeps them', () => {
    const marked = markFound(parseAnsi('one \u001b[31mtwo\u001b[0m three'), 'e two t')

    expect(marked).toEqual([
      { text: 'on', found: false },
      { text: 'e ', found: true },
      { text: 'two', color: 1, found: true },
      { text: ' t', found: true },
      { text: 'hree', found: false },
    ])
  })

  it('the longest line full of hits keeps its text and takes an instant', () => {
    const line = 'ab'.repeat(4_096)
    const started = performance.now()

    const marked = markFound(parseAnsi(line), 'a')

    expect(textOf(marked)).toBe(line)
    expect(performance.now() - started).toBeLessThan(100)
  })

  it('the next hit is found from any line, and round the ends', () => {
    expect([1, 5, 6, 9, 10].map((seq) => placeOf([5, 9], seq))).toEqual([0, 0, 1, 1, 2])
    expect([step(3, 2, 1), step(3, 0, -1), step(0, -1, 1), step(3, -1, 1)]).toEqual([0, 2, -1, 0])
  })
})

describe('scrolling', () => {
  function list(rows: number, viewport = 400): RowScroll {
    const scroll = new RowScroll()
    scroll.resize(rows, viewport)
    return scroll
  }

  it('a list that fits is scrolled as it is', () => {
    const scroll = list(200_000)

    scroll.scrolledTo(1_234_567)

    expect(scroll.top).toBe(1_234_567)
    expect(scroll.offset).toBe(0)
    expect(scroll.range).toEqual({ first: 61_728, last: 61_748 })
  })

  it('both ends of a list of 20 million rows are reached by the thumb', () => {
    const scroll = list(20_000_000)

    scroll.scrolledTo(scroll.height - 400)
    expect(scroll.range.last).toBe(19_999_999)

    scroll.scrolledTo(0)
    expect(scroll.range.first).toBe(0)
    expect(scroll.height).toBeLessThan(17_000_000)
  })

  it('the wheel moves such a list by rows, not by thousands', () => {
    const scroll = list(20_000_000)
    scroll.goTo(10_000_000 * ROW_HEIGHT)
    const { first } = scroll.range
    const at = scroll.goTo(scroll.top)

    scroll.scrolledTo(at + 100)
    scroll.scrolledTo(at + 200)

    expect(scroll.range.first).toBe(first + 10)
  })

  it('each row of such a list is drawn where it is seen', () => {
    const scroll = list(20_000_000)

    const at = scroll.goTo(12_345_678 * ROW_HEIGHT)

    expect(12_345_678 * ROW_HEIGHT - scroll.offset).toBeCloseTo(at, 3)
    expect(at).toBeLessThan(scroll.height)
  })

  it('a row is brought into sight with some before it, and not moved when it is', () => {
    const scroll = list(1_000)

    const top = scroll.topFor(500)
    scroll.goTo(top ?? 0)

    expect(top).toBeLessThan(500 * ROW_HEIGHT)
    expect(scroll.topFor(500)).toBeNull()
    expect(scroll.topFor(999)).toBe(scroll.maxTop)
    expect(scroll.topFor(0)).toBe(0)
  })

  it('a list shorter than the window stays at its start', () => {
    const scroll = list(5)

    expect(scroll.goTo(1_000)).toBe(0)
    expect(scroll.range).toEqual({ first: 0, last: 4 })
    expect(list(0).range).toEqual({ first: 0, last: -1 })
  })
})
