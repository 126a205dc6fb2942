const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** As people say it: `0.4 s`, `12 s`, `1 m 04 s`, `2 h 05 m`, `3 d 07 h`. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds)
  if (ms < 9_950) {
    return `${(ms / SECOND).toFixed(1)} s`
  }
  const seconds = Math.round(ms / SECOND)
  if (seconds < 60) {
    return `${seconds} s`
  }
  if (seconds < 3_600) {
    return `${Math.floor(seconds / 60)} m ${padded(seconds % 60)} s`
  }
  const minutes = Math.floor(seconds / 60)
  if (minutes < 24 * 60) {
    return `${Math.floor(minutes / 60)} h ${padded(minutes % 60)} m`
  }
  return `${Math.floor(minutes / 1440)} d ${padded(Math.floor(minutes / 60) % 24)} h`
}

/** From `start` to `end`, or until now; null when it has not started. A clock that is behind counts as 0. */
export function durationBetween(
  start: string | undefined,
  end: string | undefined,
  now: number,
): string | null {
  if (start === undefined) {
    return null
  }
  return formatDuration((end === undefined ? now : Date.parse(end)) - Date.parse(start))
}

/** `just now`, `3 min ago`, `5 h ago`, `2 days ago`; the date once it is over a week. */
export function formatRelative(iso: string, now: number): string {
  const past = now - Date.parse(iso)
  if (past < 5 * SECOND) {
    return 'just now'
  }
  if (past < MINUTE) {
    return `${Math.floor(past / SECOND)} s ago`
  }
  if (past < HOUR) {
    return `${Math.floor(past / MINUTE)} min ago`
  }
  if (past < DAY) {
    return `${Math.floor(past / HOUR)} h ago`
  }
  const days = Math.floor(past / DAY)
  if (days < 8) {
    return days === 1 ? 'yesterday' : `${days} days ago`
  }
  return new Date(iso).toLocaleDateString(undefined, { dateStyle: 'medium' })
}

/** `in 3 min`, `in 5 h`, `tomorrow`, `in 12 days`; the date beyond 60 days; as formatRelative once past. */
export function formatUntil(iso: string, now: number): string {
  const left = Date.parse(iso) - now
  if (left <= 0) {
    return formatRelative(iso, now)
  }
  if (left < HOUR) {
    return `in ${Math.max(1, Math.round(left / MINUTE))} min`
  }
  if (left < DAY) {
    return `in ${Math.round(left / HOUR)} h`
  }
  const days = Math.round(left / DAY)
  if (days <= 60) {
    return days === 1 ? 'tomorrow' : `in ${days} days`
  }
  return new Date(iso).toLocaleDateString(undefined, { dateStyle: 'medium' })
}

/** In the viewer's zone and manner, to the second. */
export function formatAbsolute(iso: string, locale?: string, timeZone?: string): string {
  return formatOf(locale, timeZone).format(new Date(iso))
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making one takes a hundred times as long as using it, and a log has many lines. */
function formatOf(locale?: string, timeZone?: string): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`
  let format = formats.get(key)
  if (format === undefined) {
    const zone = timeZone === undefined ? {} : { timeZone }
    format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long', ...zone })
    formats.set(key, format)
  }
  return format
}

function padded(value: number): string {
  return String(value).padStart(2, '0')
}

/** `14:03:07.250` in the viewer's zone: of one length, to stand below each other. */
export function formatClock(iso: string): string {
  const at = new Date(iso)
  const parts = [at.getHours(), at.getMinutes(), at.getSeconds()].map(padded)
  return `${parts.join(':')}.${String(at.getMilliseconds()).padStart(3, '0')}`
}

/** `0:00.250`, `12:07.031`, `1:02:07.031`; what comes before the start counts as 0. */
export function formatOffset(milliseconds: number): string {
  const ms = Math.max(0, Math.round(milliseconds))
  const [h, m, s] = [
    Math.floor(ms / HOUR),
    Math.floor(ms / MINUTE) % 60,
    Math.floor(ms / SECOND) % 60,
  ]
  const minutes = h > 0 ? `${h}:${padded(m)}` : String(m)
  return `${minutes}:${padded(s)}.${String(ms % SECOND).padStart(3, '0')}`
}
