import { ref, watch } from 'vue'

/** What stands before each line: nothing, the time since the attempt's start, or the time of day. */
export type LogTimes = 'off' | 'relative' | 'absolute'

const KEY = 'minitower.log-times'
const times = ref<LogTimes>(stored())

watch(times, (chosen) => {
  try {
    localStorage.setItem(KEY, chosen)
  } catch {
    // Storage is forbidden: the choice lasts as long as the page.
  }
})

/** The choice, the same for all logs and remembered. */
export function useLogTimes() {
  return times
}

function stored(): LogTimes {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'relative' || value === 'absolute' ? value : 'off'
  } catch {
    return 'off'
  }
}
