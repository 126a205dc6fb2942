export type AppTab = 'overview' | 'runs' | 'versions' | 'settings'

export const APP_TABS: readonly { tab: AppTab; label: string }[] = [
  { tab: 'overview', label: 'Overview' },
  { tab: 'runs', label: 'Runs' },
  { tab: 'versions', label: 'Versions' },
  { tab: 'settings', label: 'Settings' },
]

/** From `?tab=`; what is no tab is the overview. */
export function tabOf(value: unknown): AppTab {
  return APP_TABS.find(({ tab }) => tab === value)?.tab ?? 'overview'
}
