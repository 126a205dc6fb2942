type Json = Readonly<Record<string, unknown>>

/** What a schema's limits say against a value; texts that stand for a whole number count as one. */
export function limitProblem(schema: Json, value: unknown): string | undefined {
  if (schema.type === 'string' && typeof value === 'string') {
    return textProblem(schema, value)
  }
  return schema.type === 'integer' || schema.type === 'number'
    ? numberProblem(schema, value as number | string)
    : undefined
}

function textProblem({ minLength, maxLength, pattern }: Json, text: string): string | undefined {
  const length = [...text].length
  if (typeof minLength === 'number' && length < minLength) {
    return `Must have at least ${characters(minLength)}.`
  }
  if (typeof maxLength === 'number' && length > maxLength) {
    return `Must have at most ${characters(maxLength)}, not ${length}.`
  }
  return typeof pattern === 'string' && patternOf(pattern)?.test(text) === false
    ? `Must match ${pattern}.`
    : undefined
}

function characters(count: number): string {
  return count === 1 ? '1 character' : `${count} characters`
}

/** A pattern that this browser can't read is left to the server. */
function patternOf(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u')
  } catch {
    return undefined
  }
}

function numberProblem(schema: Json, value: number | string): string | undefined {
  const number = typeof value === 'string' ? BigInt(value.replace('+', '')) : value
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema
  if (typeof minimum === 'number' && number < minimum) {
    return `Must be at least ${minimum}.`
  }
  if (typeof maximum === 'number' && number > maximum) {
    return `Must be at most ${maximum}.`
  }
  if (typeof exclusiveMinimum === 'number' && number <= exclusiveMinimum) {
    return `Must be more than ${exclusiveMinimum}.`
  }
  return typeof exclusiveMaximum === 'number' && number >= exclusiveMaximum
    ? `Must be less than ${exclusiveMaximum}.`
    : undefined
}
