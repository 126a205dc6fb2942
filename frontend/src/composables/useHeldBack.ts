import { computed, onScopeDispose, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'
import type { Run } from '@/api/types'

/** Scrolled further down than this, in pixels, somebody reads and nothing may move. */
const READING = 80

/**
 * While somebody reads further down, runs newer than those on the page are held back and counted, so
 * that nothing moves below the eye; a change of `view` starts afresh.
 */
export function useHeldBack(runs: MaybeRefOrGetter<readonly Run[]>, view: () => unknown) {
  const newestShown = ref<number | null>(null)

  function onScroll(): void {
    if (window.scrollY <= READING) {
      newestShown.value = null
    } else {
      newestShown.value ??= toValue(runs)[0]?.run_id ?? null
    }
  }

  function release(): void {
    newestShown.value = null
    window.scrollTo({ top: 0 })
  }

  addEventListener('scroll', onScroll, { passive: true })
  onScopeDispose(() => removeEventListener('scroll', onScroll))
  watch(view, () => (newestShown.value = null))

  const shown = computed(() => {
    const newest = newestShown.value
    return newest === null ? toValue(runs) : toValue(runs).filter((run) => run.run_id <= newest)
  })
  const held = computed(() => toValue(runs).length - shown.value.length)
  return { shown, held, release }
}
