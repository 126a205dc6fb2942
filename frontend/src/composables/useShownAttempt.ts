import { computed, shallowRef, watch, type Ref } from 'vue'
import type { Run } from '@/api/types'

/**
 * The attempt whose log is shown: the one that the address names, else the newest. A new attempt takes
 * its place only while somebody follows, not while they read.
 */
export function useShownAttempt(
  run: Readonly<Ref<Run | undefined>>,
  named: Readonly<Ref<number | undefined>>,
  following: Readonly<Ref<boolean>>,
) {
  const newest = computed(() => run.value?.attempts?.at(-1)?.attempt_no)
  const shown = shallowRef<number>()
  watch(
    [named, newest],
    ([chosen, last], [chosenBefore]) => {
      if (chosen !== undefined) {
        shown.value = chosen
      } else if (following.value || shown.value === undefined || chosenBefore !== undefined) {
        shown.value = last
      }
    },
    { immediate: true },
  )
  return shown
}
