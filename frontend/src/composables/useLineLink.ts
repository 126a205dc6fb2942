import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { lineHash, parseAttempt, parseLineHash, type LineRange } from '@/domain/lineLink'

/**
 * The attempt and the lines that the address of a run's page names. `attempt` is the one that is shown;
 * links name it when the newest may be another one day.
 */
export function useLineLink(shown: () => { attempt: number | undefined; isOnly: boolean }) {
  const route = useRoute()
  const router = useRouter()
  const attempt = computed(() => parseAttempt(route.query.attempt))
  const hash = computed(() => route.hash)
  const marked = computed(() => parseLineHash(hash.value))

  const named = computed(() => {
    const { attempt: no, isOnly } = shown()
    return no === undefined || isOnly ? {} : { attempt: String(no) }
  })
  /** The address of a line, but for its number. */
  const hrefBase = computed(() => `${router.resolve({ query: named.value }).href}#L`)
  const mark = (range: LineRange): void =>
    void router.replace({ query: named.value, hash: lineHash(range) })
  return { attempt, marked, hrefBase, mark }
}
