export type JsonReading = { value: unknown } | { problem: string }

const TOKEN = /"(?:\\.|[^"\\])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
const WHOLE = /^-?\d+$/
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const STRING = /"(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|[^"\\\u0000-\u001f])*"/y
const WORD = /true|false|null/y
const SPACE = /[ \t\n\r]*/y

/** Reads JSON that a person typed; a problem names its line, in the same words in every browser. */
export function readJson(text: string): JsonReading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { problem: whereItBreaks(text) ?? String(error) }
  }
  const inexact = [...text.matchAll(TOKEN)].find(([token]) => isInexact(token))
  return inexact === undefined
    ? { value }
    : {
        problem: `${placeOf(text, inexact.index)}: this number is too large to be sent exactly. Put it in quotes.`,
      }
}

/** Whether JavaScript would change the digits of this number. */
function isInexact(token: string): boolean {
  return WHOLE.test(token) && !Number.isSafeInteger(Number(token))
}

function placeOf(text: string, index: number): string {
  const before = text.slice(0, index).split('\n')
  return `Line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
}

function whereItBreaks(text: string): string | null {
  try {
    new JsonScanner(text).document()
    return null
  } catch (error) {
    return error instanceof Break ? `${placeOf(text, error.index)}: ${error.message}` : null
  }
}

class Break extends Error {
  constructor(
    readonly index: number,
    message: string,
  ) {
    super(message)
  }
}

/** Only finds the first place that is not JSON. */
class JsonScanner {
  private at = 0

  constructor(private readonly text: string) {}

  document(): void {
    this.value()
    if (this.at < this.text.length) {
      this.fail('nothing may follow the value')
    }
  }

  private value(): void {
    this.match(SPACE)
    const next = this.text[this.at]
    if (next === '{') {
      this.list('}', 'object', () => this.member())
    } else if (next === '[') {
      this.list(']', 'list', () => this.value())
    } else if (next === '"') {
      this.string()
    } else if (!this.match(NUMBER) && !this.match(WORD)) {
      this.fail('a value is expected here')
    }
    this.match(SPACE)
  }

  private list(end: string, kind: string, item: () => void): void {
    this.at++
    this.match(SPACE)
    if (this.takes(end)) {
      return
    }
    do {
      item()
    } while (this.takes(','))
    if (!this.takes(end)) {
      this.fail(`a comma or the ${end} that ends the ${kind} is expected here`)
    }
  }

  private member(): void {
    this.match(SPACE)
    if (this.text[this.at] !== '"') {
      this.fail('a name in double quotes is expected here')
    }
    this.string()
    this.match(SPACE)
    if (!this.takes(':')) {
      this.fail('a colon is expected after the name')
    }
    this.value()
  }

  private string(): void {
    if (!this.match(STRING)) {
      this.fail('this text has no end on its line, or holds a character that must be escaped')
    }
  }

  private takes(character: string): boolean {
    const isNext = this.text[this.at] === character
    this.at += isNext ? 1 : 0
    return isNext
  }

  private match(pattern: RegExp): boolean {
    pattern.lastIndex = this.at
    const length = pattern.exec(this.text)?.[0].length
    this.at += length ?? 0
    return length !== undefined
  }

  private fail(message: string): never {
    throw new Break(this.at, message)
  }
}
