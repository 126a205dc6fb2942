import { describe, expect, it } from 'vitest'
import type { Run, RunPage } from '../../src/api/types'
import { belongs, filterOf, queryOf } from '../../src/domain/runFilter'
import { withChangedRun } from '../../src/domain/runPages'
import { aRun } from './samples'

const ALL = { statuses: [] }
const run = (run_id: number, given: Partial<Run> = {}) => aRun({ run_id, ...given })
const ids = (pages: RunPage[]) => pages.map(({ runs }) => runs.map(({ run_id }) => run_id))

describe('a run that changed', () => {
  const pages: RunPage[] = [
    { runs: [run(9), run(7)], next_cursor: 'a' },
    { runs: [run(4), run(2)], next_cursor: 'b' },
  ]

  it('is replaced where it stands', () => {
    const changed = withChangedRun(pages, run(4, { status: 'failed' }), ALL)

    expect(ids(changed)).toEqual(ids(pages))
    expect(changed[1]?.runs[0]?.status).toBe('failed')
  })

  it.each([
    [12, [[12, 9, 7], [4, 2]]], // prettier-ignore
    [8, [[9, 8, 7], [4, 2]]], // prettier-ignore
    [5, [[9, 7], [5, 4, 2]]], // prettier-ignore
  ])('%i goes where its number belongs', (id, wanted) => {
    expect(ids(withChangedRun(pages, run(id), ALL))).toEqual(wanted)
  })

  it('is left to a page that is not loaded yet', () => {
    expect(ids(withChangedRun(pages, run(1), ALL))).toEqual(ids(pages))
  })

  it('goes to the end of a list that is loaded to its end', () => {
    expect(ids(withChangedRun([{ runs: [run(4)] }], run(1), ALL))).toEqual([[4, 1]])
    expect(ids(withChangedRun([{ runs: [] }], run(1), ALL))).toEqual([[1]])
  })

  it('leaves a list whose filter it no longer fits', () => {
    const filter = { statuses: ['running' as const] }

    expect(ids(withChangedRun(pages, run(7, { status: 'completed' }), filter))).toEqual([
      [9],
      [4, 2],
    ])
  })

  it('is not put into a search, of which only the server knows', () => {
    expect(ids(withChangedRun(pages, run(12), { statuses: [], text: 'x' }))).toEqual(ids(pages))
  })
})

it('a run of another app or status does not belong, whatever the text', () => {
  expect(belongs(aRun({ app_slug: 'hello' }), { statuses: [], app: 'etl', text: 'x' })).toBe(false)
  expect(belongs(aRun({ app_slug: 'etl' }), { statuses: [], app: 'etl', text: 'x' })).toBeNull()
})

it('a filter comes back from the address that it makes', () => {
  const filter = { statuses: ['dead', 'failed'] as const, app: 'etl', text: 'no such table' }

  expect(filterOf(queryOf(filter) as Record<string, string>)).toEqual(filter)
})

it('what makes no sense in the address is left out', () => {
  const query = { status: 'failed,no-status', app: ['a', 'b'], q: '   ' }

  expect(filterOf(query)).toEqual({ statuses: ['failed'] })
})
