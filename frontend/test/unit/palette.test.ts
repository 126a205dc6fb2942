import { describe, expect, it } from 'vitest'
import {
  matching,
  readRecent,
  RECENT_MAX,
  withRecent,
  type PaletteItem,
} from '../../src/domain/palette'

function anItem(label: string, given: Partial<PaletteItem> = {}): PaletteItem {
  return { id: `page:${label}`, label, to: `/${label}`, kind: 'page', ...given }
}

it('finds what has all words, beginnings of labels first', () => {
  const items = [
    anItem('Sign out', { words: 'leave' }),
    anItem('Old runs'),
    anItem('Runners'),
    anItem('Runs'),
  ]
  const labels = (text: string) => matching(items, text).map(({ label }) => label)

  expect(labels('run')).toEqual(['Runners', 'Runs', 'Old runs'])
  expect(labels('LEAVE sign')).toEqual(['Sign out'])
  expect(labels('runs leave')).toEqual([])
})

describe('what was chosen lately', () => {
  it('is there once, the newest first, and not for ever', () => {
    const many = Array.from({ length: RECENT_MAX + 2 }, (_, i) => anItem(`run ${i}`))

    const recent = [...many, anItem('run 4')].reduce(withRecent, [] as PaletteItem[])

    expect(recent.map(({ label }) => label)).toEqual(['run 4', 'run 6', 'run 5', 'run 3', 'run 2'])
  })

  it('is read with distrust', () => {
    const good = anItem('runs')
    const bad = [
      null,
      { ...good, to: 'https://elsewhere' },
      { ...good, kind: 'action' },
      { ...good, label: 5 },
    ]

    expect(readRecent(JSON.stringify([...bad, good]))).toEqual([good])
    expect(readRecent('{')).toEqual([])
    expect(readRecent('{}')).toEqual([])
    expect(readRecent(null)).toEqual([])
  })
})
