// @vitest-environment node
import { expect, it, onTestFinished, vi } from 'vitest'
import { searchLogs } from '../../src/api/logs'
import { LogSearcher, type SearchState } from '../../src/queries/logSearcher'
import { json, serve } from './scriptedServer'

const until = (condition: () => void) => vi.waitFor(condition, { interval: 5, timeout: 3_000 })

interface Part {
  seqs: number[]
  next_after_seq?: number
}

/** Searches on a server that answers with these parts, by where a search goes on. */
async function aSearcher(parts: Record<string, Part | 'refused'>) {
  const asked: string[] = []
  const scripted = { parts, total: 100 }
  await serve((request, response) => {
    const { searchParams: query } = new URL(request.url ?? '', 'http://test')
    const at = query.get('after_seq') ?? ''
    asked.push(`${query.get('q')} after ${at}`)
    const part = scripted.parts[at]
    if (part === undefined || part === 'refused') {
      json(response, 503, { error: { code: 'unavailable', message: 'not now' } })
    } else {
      json(response, 200, { attempt_no: 1, ...part })
    }
  })
  const states: SearchState[] = []
  const searcher = new LogSearcher(
    (text, afterSeq, signal) => searchLogs(7, { attempt: 1, text, afterSeq }, signal),
    () => scripted.total,
    (state) => states.push(state),
  )
  onTestFinished(() => searcher.stop())
  const last = () => states.at(-1)
  return { searcher, states, asked, scripted, last }
}

it('goes on until all is searched, and tells each part', async () => {
  const { searcher, states, asked, last } = await aSearcher({
    0: { seqs: [1, 5], next_after_seq: 50 },
    50: { seqs: [], next_after_seq: 80 },
    80: { seqs: [99] },
  })

  searcher.start('a b&c')
  await until(() => expect(last()?.isUnderWay).toBe(false))

  expect(last()).toMatchObject({ text: 'a b&c', seqs: [1, 5, 99], isCut: false, error: null })
  expect(states.map(({ seqs }) => seqs.length)).toEqual([0, 2, 2, 3])
  expect(asked).toEqual(['a b&c after 0', 'a b&c after 50', 'a b&c after 80'])
})

it('another text lets the search before it go', async () => {
  const { searcher, states, last } = await aSearcher({ 0: { seqs: [1] } })

  searcher.start('one')
  searcher.start('two')
  await until(() => expect(last()?.seqs).toEqual([1]))

  expect(states.filter(({ text, seqs }) => text === 'one' && seqs.length > 0)).toEqual([])
})

it('lines that came since are searched too, each once', async () => {
  const { searcher, asked, scripted, last } = await aSearcher({
    0: { seqs: [3] },
    100: { seqs: [120] },
  })
  searcher.start('x')
  await until(() => expect(last()?.isUnderWay).toBe(false))
  searcher.extend()

  scripted.total = 130
  searcher.extend()
  await until(() => expect(last()?.seqs).toEqual([3, 120]))
  searcher.extend()

  expect(asked).toEqual(['x after 0', 'x after 100'])
})

it('no text finds nothing and asks nothing', async () => {
  const { searcher, asked, last } = await aSearcher({ 0: { seqs: [1] } })

  searcher.start('')

  expect(last()).toMatchObject({ seqs: [], isUnderWay: false })
  expect(asked).toEqual([])
})

it('what was found stays when a part fails, and a further try goes on there', async () => {
  const { searcher, asked, scripted, last } = await aSearcher({
    0: { seqs: [1], next_after_seq: 50 },
    50: 'refused',
  })
  searcher.start('x')
  await until(() => expect(last()?.error?.message).toBe('not now'))
  expect(last()?.seqs).toEqual([1])
  scripted.parts[50] = { seqs: [60] }

  searcher.retry()

  await until(() => expect(last()).toMatchObject({ seqs: [1, 60], error: null, isUnderWay: false }))
  expect(asked.at(-1)).toBe('x after 50')
})

it('stops counting where nobody would go through all hits', async () => {
  const many = Array.from({ length: 60_000 }, (_, i) => i + 1)
  const { searcher, asked, last } = await aSearcher({
    0: { seqs: many, next_after_seq: 60_000 },
    60000: { seqs: many.map((seq) => seq + 60_000), next_after_seq: 120_000 },
  })

  searcher.start('x')
  await until(() => expect(last()?.isUnderWay).toBe(false))

  expect(last()?.isCut).toBe(true)
  expect(asked).toHaveLength(2)
})
