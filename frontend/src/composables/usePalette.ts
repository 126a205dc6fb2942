import { ref } from 'vue'

/** What lies over the page: the "go to anything" list, the list of keys, or neither. */
export type Overlay = 'palette' | 'help' | null

const overlay = ref<Overlay>(null)

export function usePalette() {
  return overlay
}
