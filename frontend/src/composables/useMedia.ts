import { onScopeDispose, readonly, ref } from 'vue'

/** Whether the window fits the media query, now and later. */
export function useMedia(query: string) {
  const media = matchMedia(query)
  const matches = ref(media.matches)
  const onChange = () => (matches.value = media.matches)
  media.addEventListener('change', onChange)
  onScopeDispose(() => media.removeEventListener('change', onChange))
  return readonly(matches)
}
