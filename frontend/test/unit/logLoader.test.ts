// @vitest-environment node
import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, it, onTestFinished, vi } from 'vitest'
import { getLogs } from '../../src/api/logs'
import { LogPages } from '../../src/domain/logPages'
import { LogLoader } from '../../src/queries/logLoader'
import { aLine } from './samples'
import { json, serve } from './scriptedServer'

const until = (condition: () => void) => vi.waitFor(condition, { interval: 5, timeout: 3_000 })

/** A log of this many lines of which only the end is known; `answer` may do something else. */
async function aLog(
  total: number,
  answer?: (page: number, request: IncomingMessage, response: ServerResponse) => boolean,
) {
  const asked: number[] = []
  const aborted: number[] = []
  await serve((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://test')
    const afterSeq = Number(searchParams.get('after_seq'))
    const limit = Number(searchParams.get('limit'))
    const page = afterSeq / 1_000
    asked.push(page)
    response.on('close', () => response.writableFinished || aborted.push(page))
    if (answer?.(page, request, response)) {
      return
    }
    const end = Math.min(total, afterSeq + limit)
    const logs = Array.from({ length: end - afterSeq }, (_, i) => aLine(afterSeq + i + 1))
    json(response, 200, { logs, ...(end < total ? { next_after_seq: end } : {}) })
  })
  const pages = new LogPages()
  pages.add(total, total, [aLine(total)])
  const errors: (string | undefined)[] = []
  const loader = new LogLoader(
    pages,
    (afterSeq, limit, signal) => getLogs(7, { attempt: 1, afterSeq, limit }, signal),
    (error) => errors.push(error?.message),
    5,
  )
  onTestFinished(() => loader.stop())
  return { pages, loader, asked, aborted, errors }
}

it('gets what is looked at and the page before it when one comes from the end', async () => {
  const { pages, loader, asked } = await aLog(9_500)

  loader.look(5_400, 5_450)

  await until(() => expect(pages.at(5_450)).toMatchObject({ seq: 5_450 }))
  await until(() => expect(pages.at(4_500)).toMatchObject({ seq: 4_500 }))
  expect(asked).toEqual([5, 4])
})

it('gets the page after it when one scrolls down', async () => {
  const { pages, loader, asked } = await aLog(9_500)
  loader.look(2_400, 2_450)
  await until(() => expect(pages.at(1_500)).toMatchObject({ seq: 1_500 }))

  loader.look(2_500, 2_550)

  await until(() => expect(pages.at(3_500)).toMatchObject({ seq: 3_500 }))
  expect(asked).toEqual([2, 1, 3])
})

it('a page that is known is not asked for again', async () => {
  const { pages, loader, asked } = await aLog(900)
  loader.look(1, 50)
  await until(() => expect(pages.at(1)).toMatchObject({ seq: 1 }))

  loader.look(2, 51)
  loader.look(1, 50)
  await until(() => expect(pages.at(50)).toMatchObject({ seq: 50 }))

  expect(asked).toEqual([0])
})

it('lets go of a request for what is scrolled away', async () => {
  const { pages, loader, asked, aborted } = await aLog(50_000, (page) => page >= 39)
  loader.look(40_100, 40_150)
  await until(() => expect([...asked].sort()).toEqual([39, 40]))

  loader.look(5_100, 5_150)

  await until(() => expect(pages.at(5_100)).toMatchObject({ seq: 5_100 }))
  await until(() => expect([...aborted].sort()).toEqual([39, 40]))
})

it('asks only for where the thumb rests', async () => {
  const { pages, loader, asked } = await aLog(200_000)

  for (let seq = 190_000; seq > 10_000; seq -= 5_000) {
    loader.look(seq, seq + 40)
  }

  await until(() => expect(pages.at(15_000)).toMatchObject({ seq: 15_000 }))
  expect(asked.length).toBeLessThanOrEqual(3)
})

it('says why a page can’t be had, and gets it when asked once more', async () => {
  let works = false
  const { pages, loader, errors } = await aLog(900, (_, __, response) => {
    if (!works) {
      json(response, 500, { error: { code: 'internal', message: 'the disk is gone' } })
    }
    return !works
  })
  loader.look(1, 50)
  await until(() => expect(errors).toEqual(['the disk is gone']))
  works = true

  loader.retry()

  await until(() => expect(pages.at(1)).toMatchObject({ seq: 1 }))
  expect(errors.at(-1)).toBeUndefined()
})

it('numbers that the log leaves out are known to be missing, and are not asked for again', async () => {
  const { pages, loader, asked } = await aLog(2_500, (page, _, response) => {
    const logs = page === 0 ? [aLine(3), aLine(1_400)] : [aLine(1_400), aLine(2_500)]
    json(response, 200, { logs })
    return true
  })

  loader.look(1, 50)
  await until(() => expect(pages.at(3)).toMatchObject({ seq: 3 }))
  loader.look(2, 50)

  expect(pages.at(2)).toBe('missing')
  expect(pages.incomplete(1, 50)).toEqual([])
  expect(asked).toEqual([0])
})
