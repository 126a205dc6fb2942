import { nextTick, watch, type Ref } from 'vue'

/** Pixels to the left that the numbers cover. */
const COVERED = 80

/** Moves the log sideways to what was found, once its line is there and drawn. */
export function useHitInSight(
  scroller: Readonly<Ref<HTMLElement | null>>,
  /** Changes with the hit and when its line is there. */
  hit: () => unknown,
) {
  watch(hit, async () => {
    await nextTick()
    const found = scroller.value?.querySelector<HTMLElement>('.current .found')
    const box = scroller.value?.getBoundingClientRect()
    if (found && box) {
      const { left, right } = found.getBoundingClientRect()
      if (left < box.left + COVERED || right > box.right) {
        scroller.value?.scrollBy({ left: left - box.left - Math.max(COVERED, box.width / 3) })
      }
    }
  })
}
