import type { Run, RunPage } from '@/api/types'
import { belongs, type RunFilter } from './runFilter'

/**
 * The pages of a list, newest run first, after a run changed: it is replaced, taken out, or put where
 * its number belongs. One that belongs behind the last loaded page is left to that page's loading.
 */
export function withChangedRun(pages: readonly RunPage[], run: Run, filter: RunFilter): RunPage[] {
  const belongsHere = belongs(run, filter)
  const page = pages.findIndex(({ runs }) => runs.some(({ run_id }) => run_id === run.run_id))
  if (page >= 0) {
    const change = (runs: readonly Run[]) =>
      belongsHere === false ? without(runs, run) : runs.map((old) => (isSame(old, run) ? run : old))
    return replaced(pages, page, change)
  }
  if (belongsHere !== true) {
    return [...pages]
  }
  const place = pages.findIndex(({ runs }) => (runs.at(-1)?.run_id ?? Infinity) < run.run_id)
  if (place >= 0) {
    return replaced(pages, place, (runs) => inserted(runs, run))
  }
  const last = pages.length - 1
  return pages[last]?.next_cursor === undefined && last >= 0
    ? replaced(pages, last, (runs) => inserted(runs, run))
    : [...pages]
}

function replaced(
  pages: readonly RunPage[],
  index: number,
  change: (runs: readonly Run[]) => Run[],
): RunPage[] {
  return pages.map((page, i) => (i === index ? { ...page, runs: change(page.runs) } : page))
}

function inserted(runs: readonly Run[], run: Run): Run[] {
  const at = runs.findIndex(({ run_id }) => run_id < run.run_id)
  return at < 0 ? [...runs, run] : [...runs.slice(0, at), run, ...runs.slice(at)]
}

function without(runs: readonly Run[], run: Run): Run[] {
  return runs.filter((old) => !isSame(old, run))
}

const isSame = (a: Run, b: Run) => a.run_id === b.run_id
