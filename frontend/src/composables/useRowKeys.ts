import { onBeforeUnmount, onMounted, type Ref } from 'vue'
import { isForPage } from './pageKeys'

/**
 * Moves the focus through the links of a container that are marked `data-row`: `j` and `k` from anywhere
 * on the page, the arrow keys, Home and End once one of them has it.
 */
export function useRowKeys(container: Readonly<Ref<HTMLElement | null>>): void {
  function rows(): HTMLElement[] {
    return [...(container.value?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  }

  function onKey(event: KeyboardEvent): void {
    if (!isForPage(event) || event.shiftKey) {
      return
    }
    const found = rows()
    const at = found.findIndex((row) => row.contains(document.activeElement))
    const target = found[targetOf(event.key, at, found.length)]
    if (target !== undefined) {
      event.preventDefault()
      target.focus()
      target.scrollIntoView({ block: 'nearest' })
    }
  }

  onMounted(() => document.addEventListener('keydown', onKey))
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey))
}

/** The number of the row that the key leads to from row `at`; -1 is none. */
export function targetOf(key: string, at: number, count: number): number {
  const isInside = at >= 0
  switch (key) {
    case 'j':
      return Math.min(at + 1, count - 1)
    case 'k':
      return isInside ? Math.max(at - 1, 0) : -1
    case 'ArrowDown':
      return isInside ? Math.min(at + 1, count - 1) : -1
    case 'ArrowUp':
      return isInside ? Math.max(at - 1, 0) : -1
    case 'Home':
      return isInside ? 0 : -1
    case 'End':
      return isInside ? count - 1 : -1
    default:
      return -1
  }
}
