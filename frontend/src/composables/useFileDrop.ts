import { onMounted, onScopeDispose, ref, toValue, type MaybeRefOrGetter } from 'vue'

/** Files dropped anywhere in the window; `isOver` while some are held over it. */
export function useFileDrop(active: MaybeRefOrGetter<boolean>, onDrop: (files: File[]) => void) {
  const isOver = ref(false)
  // Each element under the pointer is entered and left by itself.
  let depth = 0

  function enter(event: DragEvent): void {
    if (holdsFiles(event)) {
      depth++
      isOver.value = toValue(active)
    }
  }

  function leave(event: DragEvent): void {
    if (holdsFiles(event) && --depth <= 0) {
      end()
    }
  }

  function over(event: DragEvent): void {
    if (holdsFiles(event)) {
      // Otherwise the browser would open the file instead of the page.
      event.preventDefault()
    }
  }

  function drop(event: DragEvent): void {
    if (holdsFiles(event)) {
      event.preventDefault()
      end()
      if (toValue(active)) {
        onDrop(filesOf(event.dataTransfer))
      }
    }
  }

  function end(): void {
    depth = 0
    isOver.value = false
  }

  const listeners = { dragenter: enter, dragleave: leave, dragover: over, drop }
  const each = Object.entries(listeners) as [keyof typeof listeners, (event: DragEvent) => void][]
  onMounted(() => each.forEach(([name, listener]) => addEventListener(name, listener)))
  onScopeDispose(() => each.forEach(([name, listener]) => removeEventListener(name, listener)))
  return { isOver }
}

/** Without folders, which look like files but can't be read. */
export function filesOf(transfer: DataTransfer | null): File[] {
  return [...(transfer?.items ?? [])].flatMap((item) => {
    const file = item.webkitGetAsEntry()?.isDirectory ? null : item.getAsFile()
    return file === null ? [] : [file]
  })
}

function holdsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false
}
