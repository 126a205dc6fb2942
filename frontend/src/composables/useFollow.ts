import { ref, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'

/** Closer to the end than this, in pixels, counts as at the end. */
const NEAR = 24

/**
 * Keeps a growing element scrolled to its end until somebody scrolls up, and again once they come back.
 * `height` is that of its content, as it is rendered.
 */
export function useFollow(
  element: Readonly<Ref<HTMLElement | null>>,
  height: MaybeRefOrGetter<number>,
) {
  const following = ref(true)
  let lastTop = 0

  function toEnd(): void {
    if (element.value !== null) {
      element.value.scrollTop = element.value.scrollHeight
    }
  }

  function resume(): void {
    following.value = true
    toEnd()
  }

  /** Only a move upwards is a wish to stop: content that grows or scrolls sideways moves nothing up. */
  function onScroll(): void {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = element.value ?? {}
    if (scrollHeight - scrollTop - clientHeight < NEAR) {
      following.value = true
    } else if (scrollTop < lastTop) {
      following.value = false
    }
    lastTop = scrollTop
  }

  watch(
    [element, () => toValue(height)],
    () => {
      if (following.value) {
        toEnd()
      }
    },
    { flush: 'post' },
  )

  return { following, resume, onScroll }
}
