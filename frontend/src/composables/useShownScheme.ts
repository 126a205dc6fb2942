import { computed } from 'vue'
import { useMedia } from './useMedia'
import { useTheme } from './useTheme'

/** Which colours are shown, whoever chose them: for what can't follow the style sheets by itself. */
export function useShownScheme() {
  const { theme } = useTheme()
  const systemIsDark = useMedia('(prefers-color-scheme: dark)')
  return computed(() => {
    const isDark = theme.value === 'system' ? systemIsDark.value : theme.value === 'dark'
    return isDark ? 'dark' : 'light'
  })
}
