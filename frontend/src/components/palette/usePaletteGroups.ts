import { computed, type Ref } from 'vue'
import type { App, Run } from '@/api/types'
import { useDebounced } from '@/composables/useDebounced'
import { DESTINATIONS } from '@/domain/keySequence'
import { matching, type PaletteGroup, type PaletteItem } from '@/domain/palette'
import { displayOf } from '@/domain/runStatus'
import { useSearch } from '@/queries/search'

const PAUSE_MS = 150

const PAGES: readonly PaletteItem[] = DESTINATIONS.map(({ key, label, to }) => ({
  id: `page:${to}`,
  label,
  note: `g ${key}`,
  to,
  kind: 'page',
}))

const ACTIONS: readonly PaletteItem[] = [
  {
    id: 'action:create-token',
    label: 'Create token',
    words: 'new api key',
    action: 'create-token',
    kind: 'action',
  },
  {
    id: 'action:theme',
    label: 'Switch between light and dark',
    words: 'theme colours colors mode',
    action: 'theme',
    kind: 'action',
  },
  {
    id: 'action:sign-out',
    label: 'Sign out',
    words: 'log out logout leave',
    action: 'sign-out',
    kind: 'action',
  },
]

/** What the list offers for the text; what was chosen lately as long as there is none. */
export function usePaletteGroups(text: Ref<string>, recent: Readonly<Ref<PaletteItem[]>>) {
  const asked = useDebounced(text, PAUSE_MS)
  const { apps, runs, isSearching, error } = useSearch(asked)
  const isSettled = computed(() => asked.value === text.value && !isSearching.value)

  const groups = computed<PaletteGroup[]>(() => {
    const hasText = text.value.trim() !== ''
    const all = hasText
      ? [
          { title: 'Pages', items: matching(PAGES, text.value) },
          { title: 'Apps', items: apps.value.map(itemOfApp) },
          { title: 'Runs', items: runs.value.map(itemOfRun) },
          { title: 'Actions', items: matching(ACTIONS, text.value) },
        ]
      : [
          { title: 'Recent', items: recent.value.filter(({ kind }) => kind !== 'page') },
          { title: 'Pages', items: [...PAGES] },
          { title: 'Actions', items: [...ACTIONS] },
        ]
    return all.filter(({ items }) => items.length > 0)
  })
  return { groups, isSettled, error }
}

function itemOfApp({ slug, description }: App): PaletteItem {
  return { id: `app:${slug}`, label: slug, note: description, to: `/apps/${slug}`, kind: 'app' }
}

function itemOfRun(run: Run): PaletteItem {
  return {
    id: `run:${run.run_id}`,
    label: `${run.app_slug} #${run.run_no}`,
    note: displayOf(run.status).label,
    to: `/runs/${run.run_id}`,
    kind: 'run',
  }
}
