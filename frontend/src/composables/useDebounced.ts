import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** The value once it has stood still for so many milliseconds. */
export function useDebounced<T>(source: Readonly<Ref<T>>, milliseconds = 200): Readonly<Ref<T>> {
  const settled = ref(source.value) as Ref<T>
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(source, (value) => {
    clearTimeout(timer)
    timer = setTimeout(() => (settled.value = value), milliseconds)
  })
  onScopeDispose(() => clearTimeout(timer))
  return settled
}
