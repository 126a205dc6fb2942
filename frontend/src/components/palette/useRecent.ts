import { ref } from 'vue'
import { readRecent, withRecent, type PaletteItem } from '@/domain/palette'

/** What somebody of this team chose lately in this browser; nothing where storage is forbidden. */
export function useRecent(team: string) {
  const key = `minitower.recent.${team}`
  const recent = ref<PaletteItem[]>(load(key))

  function remember(item: PaletteItem): void {
    if (item.to === undefined) {
      return
    }
    recent.value = withRecent(recent.value, item)
    try {
      localStorage.setItem(key, JSON.stringify(recent.value))
    } catch {
      // Then it is remembered as long as the list is open.
    }
  }
  return { recent, remember }
}

function load(key: string): PaletteItem[] {
  try {
    return readRecent(localStorage.getItem(key))
  } catch {
    return []
  }
}
