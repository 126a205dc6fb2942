import { computed, onScopeDispose, ref } from 'vue'
import { useTheme } from './useTheme'

/** Which colours are shown, whoever chose them: for what can't follow the style sheets by itself. */
export function useShownScheme() {
  const { theme } = useTheme()
  const query = matchMedia('(prefers-color-scheme: dark)')
  const systemIsDark = ref(query.matches)
  const onChange = () => (systemIsDark.value = query.matches)
  query.addEventListener('change', onChange)
  onScopeDispose(() => query.removeEventListener('change', onChange))
  return computed(() => {
    const dark = theme.value === 'system' ? systemIsDark.value : theme.value === 'dark'
    return dark ? 'dark' : 'light'
  })
}
