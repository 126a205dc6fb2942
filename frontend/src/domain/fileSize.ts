const UNITS = ['kB', 'MB', 'GB'] as const

/** `535 B`, `1.2 kB`, `34 MB`; in thousands, as file managers count. */
export function formatSize(bytes: number): string {
  if (bytes < 1_000) {
    return `${bytes} B`
  }
  let value = bytes
  let unit = -1
  do {
    value /= 1_000
    unit++
  } while (value >= 999.5 && unit < UNITS.length - 1)
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit] ?? ''}`
}
