import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** A text of the page's address, `?name=…`; empty when it is not there. */
export function useUrlText(name: string): WritableComputedRef<string> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => {
      const value = route.query[name]
      return typeof value === 'string' ? value : ''
    },
    set: (text) => {
      void router.replace({ query: { ...route.query, [name]: text === '' ? undefined : text } })
    },
  })
}
