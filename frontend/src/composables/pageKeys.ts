const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform)

export const PALETTE_KEYS = IS_MAC ? '⌘K' : 'Ctrl K'

/** Ctrl-K, on a Mac ⌘K: there, Ctrl-K cuts the line that one writes. */
export function opensPalette(event: KeyboardEvent): boolean {
  const wanted = IS_MAC ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey
  return wanted && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k'
}

/** Whether a key is meant for the page: not for a field that one writes in, nor for a dialog. */
export function isForPage(event: KeyboardEvent): boolean {
  return (
    !event.defaultPrevented &&
    !event.isComposing &&
    !event.ctrlKey &&
    !event.metaKey &&
    !event.altKey &&
    !isField(event.target) &&
    !hasDialog()
  )
}

export function hasDialog(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select') !== null)
  )
}
