export interface ServerSentEvent {
  event: string
  data: string
  /** The last id seen up to and with this event, as the format demands. */
  id: string | null
}

const LINE_END = /\r\n|\r|\n/

/**
 * Takes a text/event-stream apart, however it is cut into chunks (WHATWG HTML, "Server-sent events").
 * An event that the stream's end cuts off is never given out.
 */
export class SseParser {
  private rest = ''
  private event = ''
  private data: string[] = []
  private id: string | null = null

  /** The events that are complete with this chunk. */
  push(chunk: string): ServerSentEvent[] {
    const text = this.rest + chunk
    // A carriage return at the very end may be the first half of a line end.
    const usable = text.endsWith('\r') ? text.length - 1 : text.length
    const lines = text.slice(0, usable).split(LINE_END)
    this.rest = (lines.pop() ?? '') + text.slice(usable)
    return lines.map((line) => this.line(line)).filter((event) => event !== null)
  }

  private line(line: string): ServerSentEvent | null {
    if (line === '') {
      return this.dispatch()
    }
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') {
      this.event = value
    } else if (field === 'data') {
      this.data.push(value)
    } else if (field === 'id' && !value.includes('\0')) {
      this.id = value
    }
    return null
  }

  private dispatch(): ServerSentEvent | null {
    const { event, data } = this
    this.event = ''
    this.data = []
    return data.length === 0
      ? null
      : { event: event || 'message', data: data.join('\n'), id: this.id }
  }
}
