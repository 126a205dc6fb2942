import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { RowScroll } from '@/domain/rowScroll'

/** Closer to the end than this, in pixels, counts as at the end. */
const NEAR = 24
/** Rows drawn beyond what is seen, for a scroll that is quicker than a frame. */
const SPARE = 12
/** Nobody scrolls any more after so many milliseconds without a scroll. */
const REST = 150
const UPWARDS = new Set(['ArrowUp', 'PageUp', 'Home'])

/** What is drawn: rows from 0, and what to take off a row's place for its place in the element. */
export interface RowView {
  first: number
  last: number
  /** The first row that is seen. */
  top: number
  offset: number
  height: number
}

/**
 * Draws only the rows that are seen of a list that grows at its end, and keeps to that end until
 * somebody scrolls up, and again once they come back.
 */
export function useRowScroll(
  element: Readonly<Ref<HTMLElement | null>>,
  rows: Readonly<Ref<number>>,
) {
  const scroll = new RowScroll()
  const view = shallowRef<RowView>({ first: 0, last: -1, top: 0, offset: 0, height: 0 })
  const following = ref(true)
  const viewport = ref(0)
  let lastTop = 0
  let restTimer: ReturnType<typeof setTimeout> | undefined
  let isHeld = false

  function publish(): void {
    const { first, last } = scroll.range
    view.value = {
      first: Math.max(0, first - SPARE),
      last: Math.min(rows.value - 1, last + SPARE),
      top: first,
      offset: scroll.offset,
      height: scroll.height,
    }
  }

  function moveTo(top: number): void {
    const scrollTop = scroll.goTo(top)
    lastTop = scroll.top
    publish()
    if (element.value !== null) {
      element.value.scrollTop = scrollTop
    }
  }

  function resume(): void {
    isHeld = false
    following.value = true
    moveTo(scroll.maxTop)
  }

  /** Brings a row into sight and stays there. */
  function goTo(row: number): void {
    following.value = false
    const top = scroll.topFor(row)
    if (top !== null) {
      moveTo(top)
    }
  }

  /** Only a move upwards is a wish to stop: content that grows or scrolls sideways moves nothing up. */
  function onScroll(): void {
    scroll.scrolledTo(element.value?.scrollTop ?? 0)
    if (scroll.maxTop - scroll.top < NEAR) {
      following.value = true
    } else if (scroll.top < lastTop) {
      following.value = false
    }
    lastTop = scroll.top
    publish()
    clearTimeout(restTimer)
    restTimer = setTimeout(rest, REST)
  }

  /** The thumb is put where it belongs, without moving a row. */
  function rest(): void {
    if (!isHeld && scroll.offset !== 0) {
      moveTo(scroll.top)
    }
  }

  /** Seen before the scroll itself, which lines that come at that moment would undo. */
  const onWheel = (event: WheelEvent) => stopIf(event.deltaY < 0)
  const onKeydown = (event: KeyboardEvent) => stopIf(UPWARDS.has(event.key))
  /** Held by the pointer, be it the thumb or a selection: nothing moves by itself. */
  const onHold = () => (isHeld = true)
  // Browsers don't all say when the thumb is let go.
  const onMove = (event: PointerEvent) => (isHeld = isHeld && event.buttons !== 0)
  const onLetGo = () => (isHeld = false)

  function stopIf(isUpwards: boolean): void {
    if (isUpwards && scroll.top > 0) {
      following.value = false
    }
  }

  const observer = new ResizeObserver(() => (viewport.value = element.value?.clientHeight ?? 0))
  watch(
    element,
    (now, before) => {
      if (before) {
        observer.unobserve(before)
      }
      if (now) {
        viewport.value = now.clientHeight
        observer.observe(now)
      }
    },
    { flush: 'post' },
  )
  watch([rows, viewport], () => {
    scroll.resize(rows.value, viewport.value)
    if (following.value && !isHeld) {
      scroll.goTo(scroll.maxTop)
    }
    publish()
  })
  watch(
    [rows, viewport],
    () => {
      if (following.value && !isHeld) {
        moveTo(scroll.maxTop)
      }
    },
    { flush: 'post' },
  )
  addEventListener('pointerup', onLetGo)
  addEventListener('pointercancel', onLetGo)
  onScopeDispose(() => {
    observer.disconnect()
    clearTimeout(restTimer)
    removeEventListener('pointerup', onLetGo)
    removeEventListener('pointercancel', onLetGo)
  })

  const listeners = {
    scroll: onScroll,
    wheel: onWheel,
    keydown: onKeydown,
    pointerdown: onHold,
    pointermove: onMove,
  }
  return { view, following, viewport, resume, goTo, listeners }
}
