/** Something that one can go to or do. */
export interface PaletteItem {
  /** The same for the same thing, for what was chosen lately. */
  id: string
  label: string
  /** Further words that find it. */
  words?: string
  note?: string
  to?: string
  action?: 'create-token' | 'theme' | 'sign-out'
  kind: 'page' | 'app' | 'run' | 'action'
}

export interface PaletteGroup {
  title: string
  items: PaletteItem[]
}

/**
 * Those that contain every word of the text, in the label or the further words: first whose label
 * begins with the text, then whose label contains it, else in the order given.
 */
export function matching(items: readonly PaletteItem[], text: string): PaletteItem[] {
  const wanted = text.trim().toLowerCase()
  const words = wanted.split(/\s+/)
  return items
    .filter((item) => {
      const haystack = `${item.label} ${item.words ?? ''}`.toLowerCase()
      return words.every((word) => haystack.includes(word))
    })
    .map((item) => ({ item, rank: rankOf(item.label.toLowerCase(), wanted) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}

function rankOf(label: string, wanted: string): number {
  if (label.startsWith(wanted)) {
    return 0
  }
  return label.includes(wanted) ? 1 : 2
}

export const RECENT_MAX = 5

/** The newest first, each once. */
export function withRecent(recent: readonly PaletteItem[], chosen: PaletteItem): PaletteItem[] {
  return [chosen, ...recent.filter(({ id }) => id !== chosen.id)].slice(0, RECENT_MAX)
}

/** What storage holds may be of another version, or nobody's. */
export function readRecent(stored: string | null): PaletteItem[] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]')
    return Array.isArray(value) ? value.filter(isItem).slice(0, RECENT_MAX) : []
  } catch {
    return []
  }
}

function isItem(value: unknown): value is PaletteItem {
  const item = value as Partial<PaletteItem> | null
  return (
    typeof item?.id === 'string' &&
    typeof item.label === 'string' &&
    typeof item.to === 'string' &&
    item.to.startsWith('/') &&
    (item.kind === 'page' || item.kind === 'app' || item.kind === 'run')
  )
}
