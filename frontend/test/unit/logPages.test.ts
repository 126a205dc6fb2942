import { describe, expect, it } from 'vitest'
import { LogPages, PAGE_LINES } from '../../src/domain/logPages'
import { aLine } from './samples'

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => aLine(from + i))

function filled(to: number, limits = { pages: 4, characters: 10_000_000 }): LogPages {
  const pages = new LogPages(limits)
  for (let from = 1; from <= to; from += PAGE_LINES) {
    pages.add(from, Math.min(to, from + PAGE_LINES - 1), lines(from, Math.min(to, from + 999)))
  }
  return pages
}

describe('what is known', () => {
  it('the end of a log tells how long it is, and no more than what was in it', () => {
    const pages = new LogPages()

    pages.add(4_501, 5_500, lines(4_501, 5_500))

    expect(pages.total).toBe(5_500)
    expect(pages.at(4_500)).toBe('unloaded')
    expect(pages.at(4_501)).toMatchObject({ seq: 4_501 })
    expect(pages.incomplete(1, 5_500)).toEqual([0, 1, 2, 3, 4])
    expect(pages.incomplete(5_100, 5_500)).toEqual([])
  })

  it('lines that are added go on where the last ones ended, over the end of a page', () => {
    const pages = new LogPages()
    pages.add(1, 990, lines(1, 990))

    pages.add(991, 1_010, lines(991, 1_010))

    expect(pages.total).toBe(1_010)
    expect(pages.at(1_000)).toMatchObject({ seq: 1_000 })
    expect(pages.at(1_001)).toMatchObject({ seq: 1_001 })
    expect(pages.incomplete(1, 1_010)).toEqual([])
  })

  it('a number that a stretch leaves out is missing, not unloaded', () => {
    const pages = new LogPages()

    pages.add(1, 9, [aLine(2), aLine(9)])

    expect([1, 2, 8, 9, 10].map((seq) => pages.at(seq))).toMatchObject([
      'missing',
      { seq: 2 },
      'missing',
      { seq: 9 },
      'unloaded',
    ])
    expect(pages.incomplete(1, 9)).toEqual([])
  })

  it('a hole within a page makes the page incomplete until it is loaded whole', () => {
    const pages = new LogPages()
    pages.add(1, 100, lines(1, 100))
    pages.add(500, 600, lines(500, 600))

    expect(pages.incomplete(1, 600)).toEqual([0])
    expect(pages.at(550)).toMatchObject({ seq: 550 })

    pages.add(1, 600, lines(1, 600))
    expect(pages.incomplete(1, 600)).toEqual([])
    expect(pages.at(300)).toMatchObject({ seq: 300 })
  })

  it('a page that was asked for before further lines came does not hide them', () => {
    const pages = new LogPages()
    pages.add(801, 900, lines(801, 900))
    pages.add(901, 910, lines(901, 910))

    pages.add(1, 900, lines(1, 900))

    expect(pages.at(905)).toMatchObject({ seq: 905 })
    expect(pages.incomplete(1, 910)).toEqual([])
  })

  it('nothing is asked for of an empty log', () => {
    expect(new LogPages().incomplete(1, 50)).toEqual([])
  })
})

describe('what is held', () => {
  it('the pages that were not looked at for longest go first', () => {
    const pages = filled(4_000)
    pages.pin(1, 50)
    pages.pin(3_500, 3_550)

    pages.add(4_001, 5_000, lines(4_001, 5_000))

    expect(pages.pagesHeld).toBe(4)
    expect(pages.at(1)).toMatchObject({ seq: 1 })
    expect(pages.at(1_500)).toBe('unloaded')
  })

  it('what is shown stays, however much is added', () => {
    const pages = filled(1_000)
    pages.pin(1, 50)

    for (let from = 1_001; from < 100_000; from += 500) {
      pages.add(from, from + 499, lines(from, from + 499))
    }

    expect(pages.pagesHeld).toBe(4)
    expect(pages.total).toBe(100_000)
    expect(pages.at(10)).toMatchObject({ seq: 10 })
    expect(pages.at(100_000)).toMatchObject({ seq: 100_000 })
  })

  it('long lines count for more than short ones', () => {
    const pages = new LogPages({ pages: 40, characters: 1_000_000 })

    for (let from = 1; from <= 2_000; from += 10) {
      const long = lines(from, from + 9).map((line) => ({ ...line, line: 'x'.repeat(8_192) }))
      pages.add(from, from + 9, long)
    }

    expect(pages.charactersHeld).toBeLessThanOrEqual(PAGE_LINES * 8_192)
    expect(pages.pagesHeld).toBe(1)
  })

  it('a number far beyond the others costs no time and no memory', () => {
    const pages = new LogPages()
    pages.add(1, 10, lines(1, 10))

    pages.add(11, 4_000_000_000_000, [aLine(4_000_000_000_000)])

    expect(pages.total).toBe(4_000_000_000_000)
    expect(pages.pagesHeld).toBeLessThan(50)
    expect(pages.at(2_000_000_000_000)).toBe('unloaded')
  })

  it('a line that comes twice is counted once', () => {
    const pages = new LogPages()
    pages.add(1, 100, lines(1, 100))
    const held = pages.charactersHeld

    pages.add(1, 100, lines(1, 100))

    expect(pages.charactersHeld).toBe(held)
  })
})
