import { describe, expect, it } from 'vitest'
import { parseAnsi } from '../../src/domain/ansi'
import { textOf } from '../../src/domain/logSearch'

const ESC = '\u001b'

describe('colours', () => {
  it('styles add up until they are taken back', () => {
    const line = `a${ESC}[1;31mb${ESC}[22mc${ESC}[39md${ESC}[4;3me${ESC}[mf`

    expect(parseAnsi(line)).toEqual([
      { text: 'a' },
      { text: 'b', bold: true, color: 1 },
      { text: 'c', color: 1 },
      { text: 'd' },
      { text: 'e', underline: true, italic: true },
      { text: 'f' },
    ])
  })

  it.each([
    ['94', { color: 12 }],
    ['41', { background: 1 }],
    ['107', { background: 15 }],
    ['38;5;9', { color: 9 }],
    ['38;5;208', { color: 'rgb(255 135 0)' }],
    ['48;5;240', { background: 'rgb(88 88 88)' }],
    ['38;2;1;2;3', { color: 'rgb(1 2 3)' }],
    ['38;2;1;2;3;1', { color: 'rgb(1 2 3)', bold: true }],
  ])('%s', (codes, style) => {
    expect(parseAnsi(`${ESC}[${codes}mx`)).toEqual([{ text: 'x', ...style }])
  })

  it.each(['38', '38;5', '38;5;999', '38;2;1;2', '38;2;300;0;0', '38;9;1', '12345', ';;;'])(
    'a colour that makes no sense colours nothing: %s',
    (codes) => {
      const [segment] = parseAnsi(`${ESC}[${codes}mx`)

      expect(segment?.text).toBe('x')
      expect(segment?.color).toBeUndefined()
    },
  )
})

describe('hostile lines', () => {
  it('markup stays text', () => {
    const line = '<img src=x onerror=alert(1)> &amp; </span><script>alert(1)</script>'

    expect(parseAnsi(line)).toEqual([{ text: line }])
  })

  it('a colour can carry nothing but numbers', () => {
    const line = `${ESC}[38;2;1;2;url(x)m`

    expect(parseAnsi(line)).toEqual([{ text: `␛[38;2;1;2;url(x)m` }])
  })

  it.each([
    ['clear the screen', `${ESC}[2J`, '␛[2J'],
    ['move the cursor', `${ESC}[10A`, '␛[10A'],
    ['set the title', `${ESC}]0;owned\u0007`, '␛]0;owned␇'],
    ['a link', `${ESC}]8;;https://evil.example${ESC}\\x`, '␛]8;;https://evil.example␛\\x'],
    ['cut off', `abc${ESC}[3`, 'abc␛[3'],
    ['an endless sequence', `${ESC}[${'1;'.repeat(100)}m`, `␛[${'1;'.repeat(100)}m`],
    ['8-bit CSI', '\u009b31mred', '⟨U+009B⟩31mred'],
    ['overwriting with a carriage return', 'rm -rf /\rls', 'rm -rf /␍ls'],
    ['backspaces', 'a\b\bb', 'a␈␈b'],
    ['turning text round', 'exe.\u202etxt', 'exe.⟨U+202E⟩txt'],
    ['hiding characters', 'a\u200bb\ufeff', 'a⟨U+200B⟩b⟨U+FEFF⟩'],
    ['NUL and DEL', '\u0000\u007f', '␀␡'],
  ])('what a terminal would obey is seen instead: %s', (_, line, shown) => {
    expect(textOf(parseAnsi(line))).toBe(shown)
  })

  it('tabs, emoji and a line end of Windows are let be', () => {
    expect(textOf(parseAnsi('a\tb 👍🏽 ü\r'))).toBe('a\tb 👍🏽 ü')
  })

  it('the longest line full of sequences is read in an instant', () => {
    const line = `${ESC}[${'9'.repeat(63)}`.repeat(130).slice(0, 8192)
    const started = performance.now()

    parseAnsi(line)

    expect(performance.now() - started).toBeLessThan(100)
  })
})
