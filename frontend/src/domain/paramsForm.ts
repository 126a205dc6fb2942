import { readJson } from './jsonText'
import { limitProblem } from './paramLimits'

export type FieldKind = 'text' | 'integer' | 'number' | 'boolean' | 'choice' | 'json' | 'others'
type Json = Readonly<Record<string, unknown>>
/** What was typed, by the fields' names; a field that is not in it holds what it began with. */
export type Texts = ReadonlyMap<string, string>

/** One control of the form. What it holds is text, whatever its kind; see `readField`. */
export interface ParamField {
  name: string
  kind: FieldKind
  /** In the words of the schema, such as `integer`. */
  type: string
  description?: string
  required: boolean
  /** Undefined when there is none. */
  default: unknown
  choices: readonly unknown[]
  /** The part of the schema that is about this field. */
  schema: Json
  /** What the field begins with: the value given, else the default. */
  origin: unknown
  given: boolean
  start: string
  /** Why the control can't show the value it should begin with; a person has to say it again. */
  misfit?: string
}

export type Reading = { value: unknown } | { problem: string } | 'left out'
export type FormReading =
  { input: Record<string, unknown> } | { problems: ReadonlyMap<string, string> }

/** Beside the parameters: values of an earlier run that this version declares no parameter for. */
export const OTHERS = ' others'

const KINDS: Readonly<Record<string, FieldKind>> = {
  string: 'text',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
}
const INTEGER = /^[+-]?\d{1,1000}$/
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?$/i

/** The form for a version's input, filled with `input` and the defaults. */
export function formOf(schema: Json | undefined, input?: Json): ParamField[] {
  const properties = objectOf(schema?.properties)
  const required = Array.isArray(schema?.required) ? schema.required : []
  const fields = Object.entries(properties).map(([name, property]) =>
    fieldOf(name, objectOf(property), required.includes(name), input),
  )
  const others = Object.entries(input ?? {}).filter(([name]) => !Object.hasOwn(properties, name))
  return others.length === 0 ? fields : [...fields, othersField(Object.fromEntries(others))]
}

function fieldOf(name: string, schema: Json, required: boolean, input: Json | undefined) {
  const choices = Array.isArray(schema.enum) ? (schema.enum as unknown[]) : []
  const type = typeof schema.type === 'string' ? schema.type : undefined
  const kind: FieldKind = choices.length > 0 ? 'choice' : (KINDS[type ?? ''] ?? 'json')
  const fallback = schema.default ?? undefined
  const given = input !== undefined && Object.hasOwn(input, name)
  const origin = given ? input[name] : fallback
  const start = startOf(kind, choices, origin)
  const isLost = start === null && given
  const field: ParamField = {
    name,
    kind,
    type: type ?? (kind === 'choice' ? 'choice' : 'JSON'),
    required,
    default: fallback,
    choices,
    schema,
    origin,
    given,
    start: start ?? '',
  }
  return {
    ...field,
    ...(typeof schema.description === 'string' ? { description: schema.description } : {}),
    ...(isLost ? { misfit: misfitOf(origin) } : {}),
  }
}

function othersField(values: Json): ParamField {
  return {
    name: OTHERS,
    kind: 'others',
    type: 'object',
    description:
      'Values that this version declares no parameter for. Clear them to leave them out.',
    required: false,
    default: undefined,
    choices: [],
    schema: {},
    origin: values,
    given: true,
    start: JSON.stringify(values, null, 2),
  }
}

/** The text that a control begins with; null when it has no way to show the value. */
function startOf(kind: FieldKind, choices: readonly unknown[], value: unknown): string | null {
  if (value === undefined) {
    return ''
  }
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? value : JSON.stringify(value)
    case 'integer':
    case 'number':
      return isInexact(value) ? null : typeof value === 'string' ? value : JSON.stringify(value)
    case 'boolean':
      return /^(true|false)$/i.test(String(value)) ? String(value).toLowerCase() : null
    case 'choice': {
      const index = choices.findIndex((choice) => JSON.stringify(choice) === JSON.stringify(value))
      return index < 0 ? null : String(index)
    }
    default:
      return JSON.stringify(value, null, 2)
  }
}

/** Its digits were lost when the browser read it. */
function isInexact(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
}

function misfitOf(value: unknown): string {
  return isInexact(value)
    ? 'The number given is too large for a browser to carry over exactly. Type it again.'
    : `The value given, ${JSON.stringify(value)}, does not fit this version. Choose another.`
}

/** What the text in a field stands for. */
export function readField(field: ParamField, text: string): Reading {
  const isEmpty = (field.kind === 'text' ? text : text.trim()) === ''
  if (isEmpty && !(field.kind === 'text' && typeof field.origin === 'string')) {
    return readEmpty(field)
  }
  const reading = readText(field, text)
  if (typeof reading === 'string' || 'problem' in reading) {
    return reading
  }
  const problem = limitProblem(field.schema, reading.value)
  return problem === undefined ? reading : { problem }
}

function readEmpty(field: ParamField): Reading {
  if (field.misfit !== undefined) {
    return { problem: field.misfit }
  }
  const isMissing = field.required && field.default === undefined
  return isMissing ? { problem: 'A value is required.' } : 'left out'
}

function readText(field: ParamField, text: string): Reading {
  switch (field.kind) {
    case 'text':
      return readString(field, text)
    case 'integer':
      return INTEGER.test(text.trim())
        ? { value: exact(text.trim()) }
        : { problem: 'Must be a whole number, such as 12.' }
    case 'number':
      return readNumber(text.trim())
    case 'boolean':
      return { value: text === 'true' }
    case 'choice':
      return { value: field.choices[Number(text)] }
    default:
      return readJsonField(field, text)
  }
}

function readString(field: ParamField, text: string): Reading {
  if (text.includes('\0')) {
    return { problem: 'Must not hold NUL, which no environment variable can.' }
  }
  // A text area has other line ends than the value that it was given.
  return { value: text === field.start && typeof field.origin === 'string' ? field.origin : text }
}

function readNumber(text: string): Reading {
  if (INTEGER.test(text)) {
    return { value: exact(text) }
  }
  const isFinite = DECIMAL.test(text) && Number.isFinite(Number(text))
  return isFinite ? { value: Number(text) } : { problem: 'Must be a number, such as 0.5 or 1e6.' }
}

/** As text where JavaScript would change its digits: the server reads it as the number it is. */
function exact(digits: string): number | string {
  const number = Number(digits)
  return Number.isSafeInteger(number) ? (number === 0 ? 0 : number) : digits
}

function readJsonField(field: ParamField, text: string): Reading {
  const reading = readJson(text)
  if ('problem' in reading) {
    return reading
  }
  if (field.type === 'object' && !isObject(reading.value)) {
    return { problem: 'Must be an object: { … }.' }
  }
  return field.type === 'array' && !Array.isArray(reading.value)
    ? { problem: 'Must be a list: [ … ].' }
    : reading
}

/** The input that the form stands for, or what is wrong, by the fields' names. */
export function readForm(fields: readonly ParamField[], texts: Texts): FormReading {
  const problems = new Map<string, string>()
  const entries: Entries = []
  for (const field of fields) {
    const reading = readField(field, texts.get(field.name) ?? field.start)
    if (reading === 'left out') {
      continue
    }
    if ('problem' in reading) {
      problems.set(field.name, reading.problem)
    } else {
      entries.push(...entriesOf(field, reading.value))
    }
  }
  return problems.size > 0 ? { problems } : { input: Object.fromEntries(entries) }
}

type Entries = [name: string, value: unknown][]

/** What a field's value is in the input. */
function entriesOf(field: ParamField, value: unknown): Entries {
  return field.kind === 'others' ? Object.entries(objectOf(value)) : [[field.name, value]]
}

/** What was given or typed, without the defaults: what goes along to the form of another version. */
export function givenBy(fields: readonly ParamField[], texts: Texts): Record<string, unknown> {
  const entries = fields.flatMap((field) => {
    const isTouched = (texts.get(field.name) ?? field.start) !== field.start
    return isTouched || field.given ? lenientEntries(field, texts) : []
  })
  return Object.fromEntries(entries)
}

/** The whole input for somebody to edit as JSON. */
export function textOfForm(fields: readonly ParamField[], texts: Texts): string {
  const entries = fields.flatMap((field) => lenientEntries(field, texts))
  return JSON.stringify(Object.fromEntries(entries), null, 2)
}

/** What can't be read stays as it was given or typed. */
function lenientEntries(field: ParamField, texts: Texts): Entries {
  const text = texts.get(field.name) ?? field.start
  const reading = readField(field, text)
  if (reading === 'left out') {
    return []
  }
  if ('value' in reading) {
    return entriesOf(field, reading.value)
  }
  const asGiven = text === field.start && field.given
  return asGiven || text !== '' ? entriesOf(field, asGiven ? field.origin : text) : []
}

/** The whole input from its JSON; nothing typed is no values. */
export function readInputText(
  text: string,
): { input: Record<string, unknown> } | { problem: string } {
  const reading = readJson(text.trim() === '' ? '{}' : text)
  if ('problem' in reading) {
    return reading
  }
  return isObject(reading.value)
    ? { input: reading.value }
    : { problem: 'The input must be an object: { "name": value, … }.' }
}

function objectOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {}
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
