import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TeamApi } from './api'
import { launch, openPage, signIn } from './browser'
import { ENDLESS } from './samples'
import { Tower } from './tower'

const TEAM = 'restarted'
const PASSWORD = 'a password of this test'

let browser: Browser
let tower: Tower

beforeAll(async () => {
  browser = await launch()
  tower = await Tower.start()
  tower.startRunner('restart-runner')
})

afterAll(async () => {
  await browser?.close()
  await tower?.stop()
})

it('a page that is open while the server restarts says so and misses no line', async () => {
  const api = await TeamApi.signUp(tower.url, TEAM, PASSWORD)
  const runId = await api.run({ app: 'e2e-long', script: ENDLESS })
  const { page, close } = await openPage(browser)
  await page.goto(`${tower.url}/runs/${runId}`)
  await signIn(page, { team: TEAM, password: PASSWORD })
  const log = page.getByRole('log')
  await log.getByText(/^line 3 of the program/).waitFor()

  await tower.stopServer()
  await page.getByText('The server can’t be reached').waitFor()
  await tower.startServer()

  await page.getByText('The server can’t be reached').waitFor({ state: 'detached' })
  await page.getByText('Live', { exact: true }).waitFor()
  const newest = await lastNumber(log)
  await log.getByText(`line ${newest + 10} of the program`, { exact: true }).waitFor()
  const shown = await log.locator('[data-seq]').allInnerTexts()
  const numbers = shown.map((text) => Number(/line (\d+) of/.exec(text)?.[1]))
  expect(numbers.length).toBeGreaterThan(10)
  expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i))
  await close()
})

async function lastNumber(log: Locator) {
  const text = await log
    .getByText(/^line \d+ of the program/)
    .last()
    .innerText()
  return Number(/line (\d+) of/.exec(text)?.[1])
}
