import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import LogRow from '../../src/components/log/LogRow.vue'
import RunInput from '../../src/components/runs/RunInput.vue'
import RunStatusBadge from '../../src/components/runs/RunStatusBadge.vue'
import type { LogEntry } from '../../src/api/types'
import { aLine } from './samples'

describe('a line of the log', () => {
  const row = (line: Partial<LogEntry> | 'missing', given = {}) =>
    mount(LogRow, {
      props: {
        seq: 1,
        line: line === 'missing' ? line : { ...aLine(1), ...line },
        href: '/runs/7#L1',
        wanted: '',
        marked: false,
        current: false,
        ...given,
      },
    })

  it('markup in it makes no elements', () => {
    const line = row({ line: '<img src=x onerror="alert(1)">\u001b[31m<b>red</b>' })

    expect(line.find('img, b').exists()).toBe(false)
    expect(line.text()).toContain('<img src=x onerror="alert(1)"><b>red</b>')
  })

  it('colours come from the theme', () => {
    const line = row({ line: '\u001b[31mred\u001b[0m' })

    expect(line.get('.text span').attributes('style')).toContain('var(--ansi-1)')
  })

  it('stderr is told apart by a sign and in words too', () => {
    const line = row({ stream: 'stderr' })

    expect(line.get('.sign').text()).toBe('!')
    expect(line.text()).toContain('stderr: line 1')
  })

  it('its number is a link, and what is found in it is marked', () => {
    const line = row({ line: 'a needle' }, { wanted: 'NEEDLE' })

    expect(line.get('a').attributes('href')).toBe('/runs/7#L1')
    expect(line.get('.found').text()).toBe('needle')
  })

  it('a number without a line is said to be so', () => {
    expect(row('missing').get('.text').text()).toBe('not kept')
  })
})

it('a status has a word and a shape beside its colour', () => {
  const badge = mount(RunStatusBadge, { props: { status: 'failed' } })

  expect(badge.text()).toBe('Failed')
  expect(badge.find('svg[aria-hidden="true"]').exists()).toBe(true)
  expect(badge.classes()).toContain('tone-bad')
})

it('input of every kind is shown as it was given', () => {
  const input = { text: '<b>', flag: false, none: null, list: [1, 2] }

  const shown = mount(RunInput, { props: { input } })

  expect(shown.findAll('dt').map((name) => name.text())).toEqual(['text', 'flag', 'none', 'list'])
  expect(shown.findAll('dd').map((value) => value.text())).toEqual([
    '<b>',
    'false',
    'null',
    '[\n  1,\n  2\n]',
  ])
})
