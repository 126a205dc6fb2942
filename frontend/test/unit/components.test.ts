import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import LogLine from '../../src/components/runs/LogLine.vue'
import RunInput from '../../src/components/runs/RunInput.vue'
import RunStatusBadge from '../../src/components/runs/RunStatusBadge.vue'
import { aLine } from './samples'

describe('a line of the log', () => {
  it('markup in it makes no elements', () => {
    const row = { ...aLine(1), line: '<img src=x onerror="alert(1)">\u001b[31m<b>red</b>' }

    const line = mount(LogLine, { props: { row } })

    expect(line.find('img, b').exists()).toBe(false)
    expect(line.text()).toContain('<img src=x onerror="alert(1)"><b>red</b>')
  })

  it('colours come from the theme', () => {
    const row = { ...aLine(1), line: '\u001b[31mred\u001b[0m' }

    const line = mount(LogLine, { props: { row } })

    expect(line.get('.text span').attributes('style')).toContain('var(--ansi-1)')
  })

  it('stderr is told apart in words too', () => {
    const line = mount(LogLine, { props: { row: { ...aLine(1), stream: 'stderr' } } })

    expect(line.classes()).toContain('stderr')
    expect(line.text()).toContain('stderr: line 1')
  })
})

it('a status has a word and a shape beside its colour', () => {
  const badge = mount(RunStatusBadge, { props: { status: 'failed' } })

  expect(badge.text()).toBe('Failed')
  expect(badge.find('svg[aria-hidden="true"]').exists()).toBe(true)
  expect(badge.classes()).toContain('bad')
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
