import { describe, expect, it } from 'vitest'
import {
  formOf,
  givenBy,
  OTHERS,
  readField,
  readForm,
  readInputText,
  textOfForm,
  type ParamField,
} from '../../src/domain/paramsForm'

type Json = Record<string, unknown>

function field(schema: Json, options: { required?: boolean; input?: Json } = {}): ParamField {
  const required = options.required ? ['X'] : []
  const form = formOf({ type: 'object', properties: { X: schema }, required }, options.input)
  return form[0] as ParamField
}

const typed = (entries: Record<string, string>) => new Map(Object.entries(entries))

describe('what stands in the form at first', () => {
  it('a version without a schema has no fields', () => {
    expect(formOf(undefined)).toEqual([])
    expect(formOf({ type: 'object', properties: {} })).toEqual([])
  })

  it('fields keep the order, the words and the kinds of the schema', () => {
    const fields = formOf({
      type: 'object',
      properties: {
        DAY: { type: 'string', description: 'The day' },
        COUNT: { type: 'integer', default: 3 },
        RATE: { type: 'number' },
        DRY: { type: 'boolean', default: false },
        MODE: { type: 'string', enum: ['a', 'b'] },
        TAGS: { type: 'array' },
        DEEP: { anyOf: [{ type: 'string' }] },
      },
    })

    expect(fields.map(({ name, kind, type, start }) => [name, kind, type, start])).toEqual([
      ['DAY', 'text', 'string', ''],
      ['COUNT', 'integer', 'integer', '3'],
      ['RATE', 'number', 'number', ''],
      ['DRY', 'boolean', 'boolean', 'false'],
      ['MODE', 'choice', 'string', ''],
      ['TAGS', 'json', 'array', ''],
      ['DEEP', 'json', 'JSON', ''],
    ])
    expect(fields[0]?.description).toBe('The day')
  })

  it('a given value goes before the default', () => {
    expect(field({ type: 'integer', default: 3 }, { input: { X: 4 } }).start).toBe('4')
    expect(field({ type: 'boolean', default: true }, { input: { X: false } }).start).toBe('false')
    expect(field({ type: 'array' }, { input: { X: [1] } }).start).toBe('[\n  1\n]')
    expect(field({ enum: ['a', 2] }, { input: { X: 2 } }).start).toBe('1')
  })

  it('names that every object has are only names', () => {
    const schema = JSON.parse(
      '{"properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}}}',
    ) as Json
    const fields = formOf(schema, {})

    expect(fields.map(({ name, start }) => [name, start])).toEqual([
      ['__proto__', ''],
      ['constructor', ''],
    ])
    const reading = readForm(fields, new Map([['__proto__', 'x']]))
    expect(JSON.stringify(reading)).toBe('{"input":{"__proto__":"x"}}')
  })

  it('values that no parameter is declared for are kept', () => {
    const fields = formOf({ properties: { A: { type: 'string' } } }, { A: 'a', B: null, C: [1] })

    expect(fields.map(({ name }) => name)).toEqual(['A', OTHERS])
    expect(readForm(fields, new Map())).toEqual({ input: { A: 'a', B: null, C: [1] } })
    expect(readForm(fields, typed({ [OTHERS]: '' }))).toEqual({ input: { A: 'a' } })
    expect(readForm(fields, typed({ [OTHERS]: '[1]' }))).toHaveProperty('problems')
  })
})

describe('text', () => {
  it('nothing typed is left out', () => {
    expect(readField(field({ type: 'string' }), '')).toBe('left out')
  })

  it('a text that was there and is cleared is empty text, not the default again', () => {
    expect(readField(field({ type: 'string', default: 'abc' }), '')).toEqual({ value: '' })
    expect(readField(field({ type: 'string' }, { input: { X: '' } }), '')).toEqual({ value: '' })
  })

  it('blanks are text', () => {
    expect(readField(field({ type: 'string' }), '  ')).toEqual({ value: '  ' })
  })

  it('a value nobody touched keeps its line ends', () => {
    const lines = field({ type: 'string' }, { input: { X: 'a\r\nb' } })

    expect(readField(lines, lines.start)).toEqual({ value: 'a\r\nb' })
  })

  it('another kind of value shows as its JSON', () => {
    expect(field({ type: 'string' }, { input: { X: 5 } }).start).toBe('5')
    expect(readField(field({ type: 'string' }, { input: { X: 5 } }), '5')).toEqual({ value: '5' })
  })

  it('limits are told', () => {
    const limited = field({ type: 'string', minLength: 2, maxLength: 3, pattern: '^[a-z😀]+$' })

    expect(readField(limited, 'a')).toEqual({ problem: 'Must have at least 2 characters.' })
    expect(readField(limited, 'abcd')).toEqual({
      problem: 'Must have at most 3 characters, not 4.',
    })
    expect(readField(limited, 'A1')).toEqual({ problem: 'Must match ^[a-z😀]+$.' })
    expect(readField(limited, 'a😀b')).toEqual({ value: 'a😀b' })
  })

  it('a pattern no browser can read is left to the server', () => {
    expect(readField(field({ type: 'string', pattern: '(' }), 'a')).toEqual({ value: 'a' })
  })

  it('NUL is refused', () => {
    expect(readField(field({ type: 'string' }), 'a\0b')).toHaveProperty('problem')
  })
})

describe('whole numbers', () => {
  const integer = field({ type: 'integer' })

  it.each([
    ['12', 12],
    [' -7 ', -7],
    ['+3', 3],
    ['-0', 0],
    ['9007199254740991', 9007199254740991],
  ])('%s', (text, value) => {
    expect(readField(integer, text)).toEqual({ value })
  })

  it('beyond 2^53 the digits go as text, for the server to read', () => {
    expect(readField(integer, '9007199254740993')).toEqual({ value: '9007199254740993' })
    expect(readField(integer, '-123456789012345678901234567890')).toEqual({
      value: '-123456789012345678901234567890',
    })
  })

  it.each(['1.5', '1e3', 'twelve', '1 000', '0x1F', '--1', '٣'])('not %s', (text) => {
    expect(readField(integer, text)).toEqual({ problem: 'Must be a whole number, such as 12.' })
  })

  it('nothing typed is left out, also where there is a default', () => {
    expect(readField(integer, '  ')).toBe('left out')
    expect(readField(field({ type: 'integer', default: 5 }), '')).toBe('left out')
  })

  it('limits hold for large ones too', () => {
    const limited = field({ type: 'integer', minimum: 1, maximum: 10 })

    expect(readField(limited, '0')).toEqual({ problem: 'Must be at least 1.' })
    expect(readField(limited, '+99999999999999999999')).toEqual({ problem: 'Must be at most 10.' })
    expect(readField(limited, '10')).toEqual({ value: 10 })
  })

  it('one that the browser already changed has to be typed again', () => {
    const given = field({ type: 'integer' }, { input: { X: 2 ** 60 } })

    expect(given.start).toBe('')
    expect(readField(given, '')).toEqual({ problem: given.misfit })
    expect(readField(given, '1152921504606846977')).toEqual({ value: '1152921504606846977' })
  })

  it('a default like that is left to the server', () => {
    expect(readField(field({ type: 'integer', default: 2 ** 60 }), '')).toBe('left out')
  })
})

describe('numbers', () => {
  const number = field({ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 100 })

  it.each([
    ['0.5', 0.5],
    ['.5', 0.5],
    ['1e1', 10],
    ['7', 7],
  ])('%s', (text, value) => {
    expect(readField(number, text)).toEqual({ value })
  })

  it.each(['1,5', 'NaN', 'Infinity', '1e999', '.', '0x1'])('not %s', (text) => {
    expect(readField(number, text)).toEqual({ problem: 'Must be a number, such as 0.5 or 1e6.' })
  })

  it('limits are told', () => {
    expect(readField(number, '0')).toEqual({ problem: 'Must be more than 0.' })
    expect(readField(number, '100')).toEqual({ problem: 'Must be less than 100.' })
  })
})

describe('booleans and choices', () => {
  it('without a default there is a third state, which is left out', () => {
    expect(readField(field({ type: 'boolean' }), '')).toBe('left out')
    expect(readField(field({ type: 'boolean' }), 'true')).toEqual({ value: true })
    expect(readField(field({ type: 'boolean' }), 'false')).toEqual({ value: false })
  })

  it('a text that says it is taken, another asked about', () => {
    expect(field({ type: 'boolean' }, { input: { X: 'TRUE' } }).start).toBe('true')
    const odd = field({ type: 'boolean' }, { input: { X: 'yes' } })
    expect(readField(odd, '')).toEqual({
      problem: 'The value given, "yes", does not fit this version. Choose another.',
    })
  })

  it('a choice keeps the kind of its value', () => {
    const choice = field({ enum: ['1', 1, null] })

    expect(readField(choice, '0')).toEqual({ value: '1' })
    expect(readField(choice, '1')).toEqual({ value: 1 })
    expect(readField(choice, '2')).toEqual({ value: null })
    expect(readField(choice, '')).toBe('left out')
  })
})

it('what is required has to be given, unless there is a default', () => {
  const problem = { problem: 'A value is required.' }
  expect(readField(field({ type: 'string' }, { required: true }), '')).toEqual(problem)
  expect(readField(field({ type: 'boolean' }, { required: true }), '')).toEqual(problem)
  expect(readField(field({ type: 'integer', default: 1 }, { required: true }), '')).toBe('left out')
})

describe('JSON', () => {
  it('lists and objects are read, and kept apart', () => {
    expect(readField(field({ type: 'array' }), '[1, "a"]')).toEqual({ value: [1, 'a'] })
    expect(readField(field({ type: 'object' }), '{"a": null}')).toEqual({ value: { a: null } })
    expect(readField(field({ type: 'array' }), '{}')).toEqual({ problem: 'Must be a list: [ … ].' })
    expect(readField(field({ type: 'object' }), '[]')).toEqual({
      problem: 'Must be an object: { … }.',
    })
    expect(readField(field({}), '"x"')).toEqual({ value: 'x' })
  })

  it('an error names its line', () => {
    expect(readField(field({ type: 'object' }), '{\n  "a": 1\n  "b": 2\n}')).toEqual({
      problem: 'Line 3, column 3: a comma or the } that ends the object is expected here',
    })
  })
})

describe('the whole form', () => {
  const fields = formOf({
    properties: {
      NAME: { type: 'string' },
      COUNT: { type: 'integer', default: 3 },
      DRY: { type: 'boolean', default: true },
    },
  })

  it('leaves out what is empty', () => {
    expect(readForm(fields, new Map())).toEqual({ input: { COUNT: 3, DRY: true } })
  })

  it('tells all that is wrong at once', () => {
    const reading = readForm(fields, typed({ NAME: '\0', COUNT: 'x' }))

    expect('problems' in reading && [...reading.problems.keys()]).toEqual(['NAME', 'COUNT'])
  })

  it('as JSON it loses nothing that was typed', () => {
    expect(textOfForm(fields, typed({ COUNT: 'x' }))).toBe('{\n  "COUNT": "x",\n  "DRY": true\n}')
  })

  it('as JSON it keeps a given value that its control can’t show', () => {
    const misfit = formOf({ properties: { DRY: { type: 'boolean' } } }, { DRY: 'yes' })

    expect(JSON.parse(textOfForm(misfit, new Map()))).toEqual({ DRY: 'yes' })
  })

  it('takes along to another version what was given or typed, not the defaults', () => {
    const given = formOf(
      {
        properties: {
          A: { type: 'string', default: 'old' },
          B: { type: 'string', default: 'old' },
          C: { type: 'integer', default: 1 },
          D: { type: 'string' },
        },
      },
      { B: 'old', D: 'd', E: 5 },
    )

    expect(givenBy(given, new Map())).toEqual({ B: 'old', D: 'd', E: 5 })
    expect(givenBy(given, typed({ A: 'new', C: 'x', D: '' }))).toEqual({
      A: 'new',
      B: 'old',
      C: 'x',
      D: '',
      E: 5,
    })
  })

  it('comes back from JSON', () => {
    expect(readInputText('')).toEqual({ input: {} })
    expect(readInputText('{"A": [1]}')).toEqual({ input: { A: [1] } })
    expect(readInputText('[]')).toHaveProperty('problem')
    expect(readInputText('{"A": }')).toEqual({
      problem: 'Line 1, column 7: a value is expected here',
    })
  })
})
