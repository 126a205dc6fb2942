// @vitest-environment node
import { expect, it, onTestFinished, vi } from 'vitest'
import { RunLogStore } from '../../src/queries/runLogStore'
import { aLine } from './samples'
import { json, serve } from './scriptedServer'

const until = (condition: () => void) => vi.waitFor(condition, { interval: 5, timeout: 3_000 })

/** Attempts with as many lines; the store of a run with them. */
async function aStore(lengths: Record<number, number>, refuse?: () => boolean) {
  const asked: string[] = []
  await serve((request, response) => {
    const { searchParams: query } = new URL(request.url ?? '', 'http://test')
    const attempt = Number(query.get('attempt'))
    const total = lengths[attempt] ?? 0
    const tail = query.get('tail')
    const afterSeq = tail === null ? Number(query.get('after_seq')) : Math.max(0, total - +tail)
    asked.push(`${attempt}: ${tail === null ? `after ${afterSeq}` : `the last ${tail}`}`)
    if (refuse?.()) {
      json(response, 503, { error: { code: 'unavailable', message: 'not now' } })
      return
    }
    const end = tail === null ? Math.min(total, afterSeq + Number(query.get('limit'))) : total
    const logs = Array.from({ length: end - afterSeq }, (_, i) => aLine(afterSeq + i + 1, attempt))
    json(response, 200, { logs, ...(end < total ? { next_after_seq: end } : {}) })
  })
  let changes = 0
  const store = new RunLogStore(7, () => changes++)
  onTestFinished(() => store.stop())
  return { store, asked, changes: () => changes }
}

const stretch = (attempt: number, from: number, to: number) => ({
  attempt,
  from,
  to,
  lines: Array.from({ length: to - from + 1 }, (_, i) => aLine(from + i, attempt)),
})

it('shows the end that came by itself without asking for it', async () => {
  const { store, asked } = await aStore({ 1: 5_000 })
  store.choose(1)

  store.take(stretch(1, 4_001, 5_000))
  store.placed()

  expect(store.log).toMatchObject({ attempt: 1, total: 5_000, isLoading: false, error: null })
  expect(store.log.at(5_000)).toMatchObject({ seq: 5_000 })
  expect(asked).toEqual([])
})

it('asks for the end of another attempt than the newest', async () => {
  const { store, asked } = await aStore({ 1: 2_500, 2: 10 })
  store.choose(1)
  store.take(stretch(2, 1, 10))
  store.placed()

  await until(() => expect(store.log.total).toBe(2_500))

  expect(store.log.isLoading).toBe(false)
  expect(asked).toEqual(['1: the last 1000'])
})

it('further pages come when they are looked at', async () => {
  const { store } = await aStore({ 1: 5_000 })
  store.choose(1)
  store.take(stretch(1, 4_001, 5_000))
  store.placed()

  store.look(1, 40)

  await until(() => expect(store.log.at(40)).toMatchObject({ seq: 40 }))
})

it('an attempt that wrote nothing is known to be empty', async () => {
  const { store } = await aStore({ 1: 10, 2: 0 })
  store.choose(2)
  store.take(stretch(1, 1, 10))
  store.placed()

  await until(() => expect(store.log.isLoading).toBe(false))

  expect(store.log.total).toBe(0)
  store.take(stretch(2, 1, 1))
  expect(store.log.total).toBe(1)
})

it('lines of the newest attempt are there when one comes back to it, and no other is kept', async () => {
  const { store, asked } = await aStore({ 1: 3, 2: 3, 3: 20 })
  store.choose(3)
  store.take(stretch(3, 1, 10))
  store.placed()
  store.choose(1)
  await until(() => expect(store.log.total).toBe(3))
  store.choose(2)
  await until(() => expect(store.log.total).toBe(3))
  store.take(stretch(3, 11, 20))

  store.choose(3)
  expect(store.log.total).toBe(20)
  store.choose(1)
  await until(() => expect(store.log.total).toBe(3))

  expect(asked.filter((one) => one.startsWith('1'))).toHaveLength(2)
})

it('a refusal is told, and a further try mends it', async () => {
  let refuses = true
  const { store } = await aStore({ 1: 5 }, () => refuses)
  store.choose(1)
  store.placed()
  await until(() => expect(store.log.error?.message).toBe('not now'))
  refuses = false

  store.retry()

  await until(() => expect(store.log).toMatchObject({ total: 5, error: null }))
})

it('nothing is loaded for a run that no runner has taken', async () => {
  const { store, asked } = await aStore({})
  store.choose(undefined)
  store.placed()

  expect(store.log).toMatchObject({ attempt: 0, total: 0 })
  expect(asked).toEqual([])
})
