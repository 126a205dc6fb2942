import { useQueryClient, type QueryClient } from '@tanstack/vue-query'
import { onScopeDispose, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { followTeam, type TeamNews } from '@/api/teamEvents'
import type { Run, Runner } from '@/api/types'
import { remember } from './recentRuns'
import { changeRunsInLists } from './runList'
import { runKeys } from './runKeys'

/** News are taken in together once in this many milliseconds, however many there are. */
const FLUSH = 200
/** Numbers that are counted on the server are asked for again at most this often, in milliseconds. */
const RECOUNT = 2_000
/** Query keys of what is counted from runs and runners. */
const COUNTED = [['stats'], ['runs', 'summary'], ['apps'], ['runners']] as const

/**
 * Keeps what is loaded of the team's runs and runners fresh while it is wanted. To be used once: each
 * use is a stream, and a browser has few connections for one host.
 */
export function useLiveTeam(wanted: MaybeRefOrGetter<boolean>): void {
  const client = useQueryClient()
  let current: AbortController | undefined

  watch(
    () => toValue(wanted),
    (isWanted) => {
      current?.abort()
      if (isWanted) {
        current = new AbortController()
        start(client, current.signal)
      }
    },
    { immediate: true },
  )
  onScopeDispose(() => current?.abort())
}

function start(client: QueryClient, signal: AbortSignal): void {
  const news = new NewsBox(client, signal)
  followTeam(
    {
      onNews: (fresh) => news.put(fresh),
      onGap: () => void client.invalidateQueries({ predicate: isOfTeam }),
    },
    signal,
  ).catch(() => {
    // A refusal: the pages' own requests meet it too and say so.
  })
}

/** A run's own page follows that run by itself. */
function isOfTeam({ queryKey }: { queryKey: readonly unknown[] }): boolean {
  const [subject, what] = queryKey
  return subject !== 'auth' && !(subject === 'runs' && what === 'detail')
}

/** Gathers news, so that a busy team costs the page no more than a few changes a second. */
class NewsBox {
  private readonly runs = new Map<number, Run>()
  private readonly runners = new Map<number, Runner>()
  private flushTimer: ReturnType<typeof setTimeout> | undefined
  private recountTimer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly client: QueryClient,
    signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => {
      clearTimeout(this.flushTimer)
      clearTimeout(this.recountTimer)
    })
  }

  put({ runs, runners }: TeamNews): void {
    runs.forEach((run) => this.runs.set(run.run_id, run))
    runners.forEach((runner) => this.runners.set(runner.runner_id, runner))
    this.flushTimer ??= setTimeout(() => this.flush(), FLUSH)
    this.recountTimer ??= setTimeout(() => this.recount(), RECOUNT)
  }

  private flush(): void {
    this.flushTimer = undefined
    const runs = [...this.runs.values()]
    const runners = [...this.runners.values()]
    this.runs.clear()
    this.runners.clear()
    runs.forEach(remember)
    changeRunsInLists(this.client, runs)
    runs.forEach((run) =>
      this.client.setQueryData<Run>(runKeys.detail(run.run_id), (old) => old && run),
    )
    changeRunners(this.client, runners)
  }

  private recount(): void {
    this.recountTimer = undefined
    COUNTED.forEach((queryKey) => void this.client.invalidateQueries({ queryKey }))
  }
}

/** A runner that is not on the list yet comes with the next count. */
function changeRunners(client: QueryClient, runners: readonly Runner[]): void {
  client.setQueriesData<{ runners: Runner[] }>({ queryKey: ['runners'] }, (old) =>
    old === undefined || !Array.isArray(old.runners)
      ? old
      : {
          ...old,
          runners: old.runners.map(
            (runner) => runners.find(({ runner_id }) => runner_id === runner.runner_id) ?? runner,
          ),
        },
  )
}
