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

  function locationOf(range: LineRange) {
    const { attempt: no, isOnly } = shown()
    const named = no === undefined || isOnly ? {} : { attempt: String(no) }
    return { query: named, hash: lineHash(range) }
  }

  const hrefOf = (range: LineRange): string => router.resolve(locationOf(range)).href
  const mark = (range: LineRange): void => void router.replace(locationOf(range))
  return { attempt, marked, hrefOf, mark }
}
