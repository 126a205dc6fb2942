/** A stretch of a line in one style. Colours are a number of the 16 of the theme, or a CSS colour. */
export interface Segment {
  text: string
  color?: number | string
  background?: number | string
  bold?: boolean
  dim?: boolean
  italic?: boolean
  underline?: boolean
}

type Style = Omit<Segment, 'text'>

// The only control sequence that is obeyed: "select graphic rendition" (ECMA-48, 8.3.117).
const ESCAPE = '\u001b'
const SGR = new RegExp(`${ESCAPE}\\[([0-9;:]{0,64})m`, 'g')

/** C0 without tab, DEL, C1, and all that turns or hides text: bidi controls, zero-width, separators. */
const UNSEEN =
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/**
 * A line of output for showing: colours as styles, every other control character as something that can
 * be seen. The result is text, never markup. Each line starts unstyled.
 */
export function parseAnsi(line: string): Segment[] {
  const segments: Segment[] = []
  let style: Style = {}
  let from = 0
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  for (const match of text.matchAll(SGR)) {
    add(segments, text.slice(from, match.index), style)
    style = applySgr(style, match[1] ?? '')
    from = match.index + match[0].length
  }
  add(segments, text.slice(from), style)
  return segments
}

function add(segments: Segment[], text: string, style: Style): void {
  if (text !== '') {
    segments.push({ text: text.replace(UNSEEN, visible), ...style })
  }
}

function visible(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) {
    return String.fromCharCode(0x2400 + code)
  }
  return code === 0x7f ? '\u2421' : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
}

function applySgr(before: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map((code) => (code === '' ? 0 : Number(code)))
  let style = before
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0
    if (code === 38 || code === 48) {
      const [color, used] = extendedColor(codes, i + 1)
      style = { ...style, [code === 38 ? 'color' : 'background']: color }
      i += used
    } else {
      style = applyCode(style, code)
    }
  }
  return style
}

function applyCode(style: Style, code: number): Style {
  if (code >= 30 && code <= 37) return { ...style, color: code - 30 }
  if (code >= 90 && code <= 97) return { ...style, color: code - 82 }
  if (code >= 40 && code <= 47) return { ...style, background: code - 40 }
  if (code >= 100 && code <= 107) return { ...style, background: code - 92 }
  switch (code) {
    case 0:
      return {}
    case 1:
      return { ...style, bold: true }
    case 2:
      return { ...style, dim: true }
    case 3:
      return { ...style, italic: true }
    case 4:
      return { ...style, underline: true }
    case 22:
      return without(style, 'bold', 'dim')
    case 23:
      return without(style, 'italic')
    case 24:
      return without(style, 'underline')
    case 39:
      return without(style, 'color')
    case 49:
      return without(style, 'background')
    default:
      return style
  }
}

/** The colour after a 38 or 48, and how many codes it took; undefined for one that makes no sense. */
function extendedColor(codes: number[], at: number): [number | string | undefined, number] {
  const [kind, first = -1, second = -1, third = -1] = codes.slice(at)
  if (kind === 5) {
    return [first <= 255 && first >= 0 ? paletteColor(first) : undefined, 2]
  }
  if (kind === 2) {
    const inRange = [first, second, third].every((value) => value >= 0 && value <= 255)
    return [inRange ? `rgb(${first} ${second} ${third})` : undefined, 4]
  }
  return [undefined, codes.length]
}

/** The 256 colours of xterm: 16 of the theme, a cube of 6 × 6 × 6, 24 greys. */
function paletteColor(index: number): number | string {
  if (index < 16) {
    return index
  }
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10
    return `rgb(${grey} ${grey} ${grey})`
  }
  const level = (value: number) => (value === 0 ? 0 : 55 + value * 40)
  const cube = index - 16
  return `rgb(${level(Math.floor(cube / 36))} ${level(Math.floor(cube / 6) % 6)} ${level(cube % 6)})`
}

function without(style: Style, ...names: (keyof Style)[]): Style {
  return Object.fromEntries(
    Object.entries(style).filter(([name]) => !names.includes(name as keyof Style)),
  )
}
