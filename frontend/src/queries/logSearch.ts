import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { searchLogs } from '@/api/logs'
import { placeOf, step } from '@/domain/logSearch'
import { LogSearcher, type SearchState } from './logSearcher'

/** Typing is over after so many milliseconds without a key. */
const TYPED = 180
/** Lines that come are searched at most this often. */
const EXTEND = 1_000

/**
 * Search in the log of one attempt: `text` is what is typed, `hit` the line that one is at. The first
 * hit is the first from `top`, the line that is seen first.
 */
export function useLogSearch(
  runId: number,
  attempt: Readonly<Ref<number>>,
  total: Readonly<Ref<number>>,
  top: () => number,
) {
  const text = ref('')
  const place = ref(-1)
  const state = shallowRef<SearchState | null>(null)
  let from = 1
  let typing: ReturnType<typeof setTimeout> | undefined
  let extending: ReturnType<typeof setTimeout> | undefined

  const searcher = new LogSearcher(
    (wanted, afterSeq, signal) =>
      searchLogs(runId, { attempt: attempt.value, text: wanted, afterSeq }, signal),
    () => total.value,
    (next) => {
      state.value = next
      chooseFirst(next)
    },
  )
  const hit = computed(() => state.value?.seqs[place.value] ?? null)

  function chooseFirst({ seqs, isUnderWay }: SearchState): void {
    if (place.value >= 0 || seqs.length === 0) {
      return
    }
    const next = placeOf(seqs, from)
    if (next < seqs.length) {
      place.value = next
    } else if (!isUnderWay) {
      place.value = seqs.length - 1
    }
  }

  function start(): void {
    clearTimeout(typing)
    from = hit.value ?? top()
    place.value = -1
    searcher.start(text.value)
  }

  /** To the next or the previous hit; what was typed just now is searched at once. */
  function go(by: 1 | -1): void {
    if (text.value !== (state.value?.text ?? '')) {
      start()
    } else {
      place.value = step(state.value?.seqs.length ?? 0, place.value, by)
    }
  }

  watch(text, (typed) => {
    clearTimeout(typing)
    typing = setTimeout(start, typed === '' ? 0 : TYPED)
  })
  watch(attempt, () => {
    from = 1
    place.value = -1
    searcher.start(text.value)
  })
  watch(total, () => {
    extending ??= setTimeout(() => {
      extending = undefined
      searcher.extend()
    }, EXTEND)
  })
  onScopeDispose(() => {
    clearTimeout(typing)
    clearTimeout(extending)
    searcher.stop()
  })

  return { text, state, place, hit, go, retry: () => searcher.retry() }
}
