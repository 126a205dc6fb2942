import { ref, watchEffect } from 'vue'

export type Theme = 'system' | 'light' | 'dark'

const KEY = 'minitower.theme' // public/theme.js reads it before the first paint
const theme = ref<Theme>(stored())

watchEffect(() => {
  if (theme.value === 'system') {
    delete document.documentElement.dataset.theme
  } else {
    document.documentElement.dataset.theme = theme.value
  }
})

export function useTheme() {
  function choose(chosen: Theme): void {
    theme.value = chosen
    try {
      localStorage.setItem(KEY, chosen)
    } catch {
      // Storage is forbidden: the choice lasts as long as the page.
    }
  }

  /** To the other colours than those that are shown. */
  function toggle(): void {
    const isDark =
      theme.value === 'dark' ||
      (theme.value === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
    choose(isDark ? 'light' : 'dark')
  }
  return { theme, choose, toggle }
}

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'light' || value === 'dark' ? value : 'system'
  } catch {
    return 'system'
  }
}
