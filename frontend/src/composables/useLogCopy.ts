import { onScopeDispose, ref, type Ref } from 'vue'
import type { LineState } from '@/domain/logPages'
import { textBetween, type TextPlace } from '@/domain/logText'

/**
 * Copies what is selected in a log from its lines rather than from the page, which holds only those
 * that are seen. `anchor` is the line where the selection begins: it must stay drawn.
 */
export function useLogCopy(
  element: Readonly<Ref<HTMLElement | null>>,
  at: (seq: number) => LineState,
) {
  const anchor = ref<number | null>(null)

  function onSelection(): void {
    const selection = getSelection()
    const isOurs = selection !== null && !selection.isCollapsed
    anchor.value = isOurs ? (rowOf(selection.anchorNode)?.seq ?? null) : null
  }

  function onCopy(event: ClipboardEvent): void {
    const selection = getSelection()
    if (selection === null || selection.isCollapsed || event.clipboardData === null) {
      return
    }
    const range = selection.getRangeAt(0)
    const start = placeOf(range.startContainer, range.startOffset)
    const end = placeOf(range.endContainer, range.endOffset)
    if (start !== null && end !== null) {
      event.clipboardData.setData('text/plain', textBetween(at, start, end))
      event.preventDefault()
    }
  }

  function placeOf(node: Node, offset: number): TextPlace | null {
    const row = rowOf(node)
    if (row === null) {
      return null
    }
    const range = document.createRange()
    range.selectNodeContents(row.text)
    const side = range.comparePoint(node, offset)
    if (side <= 0) {
      range.setEnd(side < 0 ? row.text : node, side < 0 ? 0 : offset)
    }
    return { seq: row.seq, offset: range.toString().length }
  }

  /** The line that a node belongs to, if it is one of this log's. */
  function rowOf(node: Node | null): { seq: number; text: Element } | null {
    const inside = node instanceof Element ? node : (node?.parentElement ?? null)
    const row = inside?.closest<HTMLElement>('[data-seq]')
    const text = row?.querySelector('[data-text]')
    return row && text && element.value?.contains(row)
      ? { seq: Number(row.dataset.seq), text }
      : null
  }

  document.addEventListener('selectionchange', onSelection)
  onScopeDispose(() => document.removeEventListener('selectionchange', onSelection))
  return { anchor, onCopy }
}
