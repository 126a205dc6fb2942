import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BASE_URL, openPage } from './browser'
import { FAILING } from './samples'
import { setStage, type Stage } from './signedIn'

const LINES = 200_000
const HUGE = `i=0
seq -f "record %.0f was read, checked and written" ${LINES}
`

let stage: Stage
let hugeRun: number

beforeAll(async () => {
  stage = await setStage()
  hugeRun = await stage.api.run({ app: 'e2e-huge', script: HUGE })
  await stage.api.untilStatus(hugeRun, 'completed')
})

afterAll(() => stage?.browser.close())

const open = () => openPage(stage.browser, stage.signedIn)
const record = (n: number) => `record ${n} was read, checked and written`

it('a log of 200,000 lines opens at its end, scrolls to its beginning and holds few rows', async () => {
  const { page, complaints, close } = await open()
  await page.goto(`${BASE_URL}/runs/${hugeRun}`)
  const log = page.getByRole('log')
  await log.getByText(record(LINES), { exact: true }).waitFor()

  await log.focus()
  await page.keyboard.press('Home')
  await log.getByText(record(1), { exact: true }).waitFor()

  await scrollTo(page, 0.5)
  await log.getByText(record(LINES / 2), { exact: true }).waitFor()
  expect(await page.locator('[data-seq]').count()).toBeLessThan(200)
  await page.getByRole('button', { name: 'To the end' }).click()
  await log.getByText(record(LINES), { exact: true }).waitFor()
  expect(complaints).toEqual([])
  await close()
})

it('a search finds all there is in 200,000 lines, and leads from hit to hit', async () => {
  const { page, complaints, close } = await open()
  await page.goto(`${BASE_URL}/runs/${hugeRun}`)
  await page.getByRole('log').getByText(record(LINES), { exact: true }).waitFor()

  await page.keyboard.press('/')
  await page.keyboard.type('RECORD 1234')
  // 1234 itself, 10 of five digits, 100 of six.
  await page
    .getByRole('search')
    .getByText(/of 111\b/)
    .waitFor()
  const first = await currentHit(page)
  await page.keyboard.press('Enter')

  await expect.poll(() => currentHit(page)).not.toBe(first)
  await expect.poll(() => currentHit(page)).toContain('record 1234')
  expect(complaints).toEqual([])
  await close()
})

it('a link to a line leads to it and marks it', async () => {
  const { page, close } = await open()

  await page.goto(`${BASE_URL}/runs/${hugeRun}#L120000`)

  const line = page.locator('[data-seq="120000"]')
  await line.getByText(record(120_000), { exact: true }).waitFor()
  expect(await line.getAttribute('class')).toContain('marked')
  await close()
})

it('following stops when somebody scrolls up, and is taken up again', async () => {
  const runId = await stage.api.run({ app: 'e2e-failing', script: FAILING })
  const { page, close } = await open()
  await page.goto(`${BASE_URL}/runs/${runId}`)
  const log = page.getByRole('log')
  await log.getByText('no such table: accounts').waitFor()

  await log.hover()
  await page.mouse.wheel(0, -100_000)

  await log.getByText('step 1', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'To the end' }).click()
  await log.getByText('no such table: accounts').waitFor()
  await close()
})

function scrollTo(page: Page, share: number): Promise<void> {
  return page.getByRole('log').evaluate((log, at) => {
    log.scrollTop = (log.scrollHeight - log.clientHeight) * at
  }, share)
}

function currentHit(page: Page): Promise<string | null> {
  return page.locator('[data-seq].current').textContent()
}
