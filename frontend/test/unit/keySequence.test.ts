import { expect, it } from 'vitest'
import { IDLE, pressKey, SEQUENCE_MS } from '../../src/domain/keySequence'
import { targetOf } from '../../src/composables/useRowKeys'

function press(...keys: [string, number][]) {
  let sequence = IDLE
  return keys.map(([key, now]) => {
    const { next, action } = pressKey(sequence, key, now)
    sequence = next
    return action
  })
}

it('g and a letter lead to a page', () => {
  expect(press(['g', 0], ['r', SEQUENCE_MS])).toEqual([null, { kind: 'go', to: '/runs' }])
})

it('the second key comes too late', () => {
  expect(press(['g', 0], ['r', SEQUENCE_MS + 1])).toEqual([null, null])
})

it('a letter alone leads nowhere, nor does one after a key in between', () => {
  expect(press(['r', 0], ['g', 1], ['x', 2], ['r', 3])).toEqual([null, null, null, null])
})

it('a sequence is over once it led somewhere', () => {
  expect(press(['g', 0], ['a', 1], ['a', 2])[2]).toBeNull()
})

it('g twice begins anew', () => {
  expect(press(['g', 0], ['g', 900], ['t', 1_800])[2]).toEqual({
    kind: 'go',
    to: '/settings/tokens',
  })
})

it('a key that means something by itself still does after a g', () => {
  expect(press(['g', 0], ['/', 1])[1]).toEqual({ kind: 'filter' })
  expect(press(['?', 0])).toEqual([{ kind: 'help' }])
})

it('rows are entered with j, left alone by arrows from outside, and end at their ends', () => {
  expect(targetOf('j', -1, 3)).toBe(0)
  expect(targetOf('k', -1, 3)).toBe(-1)
  expect(targetOf('ArrowDown', -1, 3)).toBe(-1)
  expect(targetOf('ArrowDown', 2, 3)).toBe(2)
  expect(targetOf('ArrowUp', 0, 3)).toBe(0)
  expect(targetOf('End', 0, 3)).toBe(2)
  expect(targetOf('j', -1, 0)).toBe(-1)
})
