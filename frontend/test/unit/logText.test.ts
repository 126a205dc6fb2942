import { mount } from '@vue/test-utils'
import { describe, expect, it, onTestFinished } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { useLogCopy } from '../../src/composables/useLogCopy'
import type { LineState } from '../../src/domain/logPages'
import { segmentsOf, textBetween } from '../../src/domain/logText'
import { aLine } from './samples'

const LINES: Record<number, LineState> = {
  1: { ...aLine(1), line: '\u001b[31mfirst\u001b[0m line' },
  2: { ...aLine(2), line: 'second <b>line</b>', stream: 'stderr' },
  3: 'missing',
  4: { ...aLine(4), line: 'exe.\u202etxt' },
  5: 'unloaded',
  6: 'unloaded',
  7: { ...aLine(7), line: 'last' },
}
const at = (seq: number): LineState => LINES[seq] ?? 'unloaded'

describe('the text between two places', () => {
  const between = (start: [number, number], end: [number, number]) =>
    textBetween(at, { seq: start[0], offset: start[1] }, { seq: end[0], offset: end[1] })

  it('is a part of one line, without colours', () => {
    expect(between([1, 2], [1, 8])).toBe('rst li')
  })

  it('goes over lines, and leaves out numbers that there is no line of', () => {
    expect(between([1, 6], [4, 4])).toBe('line\nsecond <b>line</b>\nexe.')
  })

  it('shows what would turn text round', () => {
    expect(between([4, 0], [4, 99])).toBe('exe.⟨U+202E⟩txt')
  })

  it('says what is not loaded instead of leaving it out', () => {
    expect(between([4, 0], [7, 4])).toBe(
      'exe.⟨U+202E⟩txt\n[2 lines are not loaded here; download the log to have them]\nlast',
    )
  })

  it('is not without bounds', () => {
    const text = textBetween(() => aLine(1), { seq: 1, offset: 0 }, { seq: 10_000_000, offset: 1 })

    expect(text.split('\n').length).toBeLessThan(100_010)
    expect(text).toMatch(/\[9899999 lines are not loaded here/)
  })
})

it('a line is read once as long as it is held', () => {
  const line = aLine(1)

  expect(segmentsOf(line)).toBe(segmentsOf(line))
})

describe('copying', () => {
  /** A log with these lines drawn as rows, as the log view draws them. */
  function aLog(seqs: number[]) {
    const element = ref<HTMLElement | null>(null)
    const log = mount(
      defineComponent(() => {
        const { onCopy } = useLogCopy(element, at)
        return () =>
          h(
            'div',
            { ref: element, onCopy },
            seqs.map((seq) =>
              h('div', { 'data-seq': seq }, [
                h('a', String(seq)),
                h('span', 'stderr: '),
                h(
                  'span',
                  { 'data-text': '' },
                  segmentsOf(LINES[seq] as never).map(({ text }) => h('span', text)),
                ),
              ]),
            ),
          )
      }),
      { attachTo: document.body },
    )
    onTestFinished(() => log.unmount())
    return log.element as HTMLElement
  }

  function copied(root: HTMLElement): string | undefined {
    const data = new Map<string, string>()
    const event = new Event('copy', { bubbles: true, cancelable: true })
    Object.assign(event, {
      clipboardData: { setData: (type: string, text: string) => data.set(type, text) },
    })
    root.dispatchEvent(event)
    return event.defaultPrevented ? data.get('text/plain') : undefined
  }

  const textNode = (root: HTMLElement, seq: number, index: number) =>
    root.querySelectorAll(`[data-seq="${seq}"] [data-text] span`)[index]?.firstChild as Node
  const select = (from: Node, start: number, to: Node, end: number) =>
    getSelection()?.setBaseAndExtent(from, start, to, end)

  it('takes the lines between two places, without their numbers', () => {
    const root = aLog([1, 2, 4])

    select(textNode(root, 1, 0), 3, textNode(root, 2, 0), 6)

    expect(copied(root)).toBe('st line\nsecond')
  })

  it('is the same when it was selected from below to above', () => {
    const root = aLog([1, 2, 4])

    select(textNode(root, 2, 0), 6, textNode(root, 1, 1), 1)

    expect(copied(root)).toBe('line\nsecond')
  })

  it('a selection that begins on a number begins with its line', () => {
    const root = aLog([1, 2])

    select(root.querySelector('[data-seq="1"] a')?.firstChild as Node, 1, textNode(root, 2, 0), 3)

    expect(copied(root)).toBe('first line\nsec')
  })

  it('is left to the browser when nothing of the log is selected', () => {
    const root = aLog([1])
    getSelection()?.removeAllRanges()

    expect(copied(root)).toBeUndefined()
  })
})
