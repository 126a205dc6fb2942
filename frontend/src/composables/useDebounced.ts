import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** Follows a value once it has stood still. */
export function useDebounced<T>(source: Ref<T>, milliseconds = 200): Ref<T> {
  const settled = ref(source.value) as Ref<T>
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(source, (value) => {
    clearTimeout(timer)
    timer = setTimeout(() => (settled.value = value), milliseconds)
  })
  onScopeDispose(() => clearTimeout(timer))
  return settled
}
