import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useDebounced } from './useDebounced'

/** What is typed into a page's filter, and what of it is in the address as `?q=`, a moment later. */
export function useFilterText() {
  const route = useRoute()
  const router = useRouter()
  const q = computed(() => (typeof route.query.q === 'string' ? route.query.q : ''))
  const text = ref(q.value)
  const settled = useDebounced(text)
  const page = route.name
  let written = q.value

  watch(settled, (value) => {
    if (value.trim() !== q.value && route.name === page) {
      written = value.trim()
      void router.replace({ query: { ...route.query, q: written || undefined } })
    }
  })
  // Back and forth, or a link to the page; what was typed since then stays.
  watch(q, (value) => {
    if (value !== written) {
      written = value
      text.value = value
    }
  })
  return { text, q }
}
