import { onScopeDispose, ref } from 'vue'

/** `manual`: the browser refused; the text is selected, so that the reader can copy it. */
export type CopyState = 'idle' | 'copied' | 'manual'

const SHOWN_MS = 2_000

/** Puts text on the clipboard; `source` is the element that shows it. */
export function useCopy() {
  const state = ref<CopyState>('idle')
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))

  async function copy(text: string, source: HTMLElement | null): Promise<void> {
    clearTimeout(timer)
    const copied = (await write(text)) || copySelected(source)
    state.value = copied ? 'copied' : 'manual'
    if (copied) {
      timer = setTimeout(() => (state.value = 'idle'), SHOWN_MS)
    }
  }
  return { state, copy }
}

/** Browsers have the clipboard only for https and this machine itself. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

function copySelected(source: HTMLElement | null): boolean {
  if (source === null) {
    return false
  }
  getSelection()?.selectAllChildren(source)
  try {
    return document.execCommand('copy')
  } catch {
    return false
  }
}
