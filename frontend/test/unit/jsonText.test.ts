import { expect, it } from 'vitest'
import { readJson } from '../../src/domain/jsonText'

it.each(['{}', '[]', ' {"a":[1,-2.5e3,true,null,"\\u00e9\\n"]} ', '"x"', '9007199254740991'])(
  'reads %s',
  (text) => {
    expect(readJson(text)).toEqual({ value: JSON.parse(text) as unknown })
  },
)

it.each([
  ['', 'Line 1, column 1: a value is expected here'],
  ['{"a": 1,}', 'Line 1, column 9: a name in double quotes is expected here'],
  ["{'a': 1}", 'Line 1, column 2: a name in double quotes is expected here'],
  ['{"a" 1}', 'Line 1, column 6: a colon is expected after the name'],
  ['[1 2]', 'Line 1, column 4: a comma or the ] that ends the list is expected here'],
  ['[1]\n\nx', 'Line 3, column 1: nothing may follow the value'],
  ['[\n "a\n"]', /^Line 2, column 2: this text has no end on its line/],
  ['["\\x"]', /^Line 1, column 2: this text/],
  ['{"a": yes}', 'Line 1, column 7: a value is expected here'],
  ['[01]', 'Line 1, column 3: a comma or the ] that ends the list is expected here'],
])('%j is refused with its place', (text, problem) => {
  const reading = readJson(text)

  expect('problem' in reading && reading.problem).toMatch(
    problem instanceof RegExp ? problem : new RegExp(`^${escaped(problem)}$`),
  )
})

it('a number whose digits would change is refused, but not in quotes', () => {
  expect(readJson('{\n"a": 9007199254740993}')).toEqual({
    problem: 'Line 2, column 6: this number is too large to be sent exactly. Put it in quotes.',
  })
  expect(readJson('{"a": "9007199254740993", "b": "\\"9007199254740993"}')).toHaveProperty('value')
})

it('what is nested too deeply is refused, not thrown', () => {
  expect(readJson('['.repeat(200_000))).toHaveProperty('problem')
})

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
