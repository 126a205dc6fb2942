import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TeamApi } from './api'
import {
  BASE_URL,
  launch,
  openPage,
  overflowsSideways,
  PASSWORD,
  shoot,
  signIn,
  TEAM,
  type SignedIn,
} from './browser'

const LINES = 'for i in 1 2 3 4 5; do echo "line $i of the program"; done\n'
// The pause lets the last step arrive before the error: the two streams are not one.
const FAILING =
  'i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo "step $i"; done; sleep 1; echo "no such table: accounts" >&2; exit 3\n'
const ENDLESS = 'i=0; while :; do i=$((i+1)); echo "line $i of the program"; sleep 0.2; done\n'

let browser: Browser
let api: TeamApi
let signedIn: SignedIn

beforeAll(async () => {
  browser = await launch()
  api = await TeamApi.signIn(BASE_URL, TEAM, PASSWORD)
  const { page, close } = await openPage(browser)
  await page.goto(`${BASE_URL}/login`)
  await signIn(page)
  signedIn = await page.context().storageState()
  await close()
})

afterAll(() => browser?.close())

describe('signing in', () => {
  it('a deep link asks for the password and then leads back to where one was', async () => {
    const { page, complaints, close } = await openPage(browser)
    await page.goto(`${BASE_URL}/runs?status=completed`)
    await page.getByRole('heading', { name: 'Sign in to your team' }).waitFor()
    await shoot(page, 'login')

    await signIn(page)

    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/runs?status=completed')
    expect(complaints).toEqual([])
    await close()
  })

  it('a wrong password is refused in the words of the server', async () => {
    const { page, close } = await openPage(browser)
    await page.goto(`${BASE_URL}/login`)
    await page.getByLabel('Team').fill(TEAM)
    await page.getByLabel('Password').fill('not the password')

    await page.getByRole('button', { name: 'Sign in' }).click()

    await page.getByRole('alert').waitFor()
    expect(new URL(page.url()).pathname).toBe('/login')
    await close()
  })

  it('a token that the server no longer takes ends the session and says so', async () => {
    const { page, close } = await openPage(browser)
    await page.goto(`${BASE_URL}/login`)
    await page.evaluate(() => {
      const session = { token: 'mtk_revoked', team: 'nobody', role: 'member' }
      sessionStorage.setItem('minitower.session', JSON.stringify(session))
    })

    await page.goto(`${BASE_URL}/runs`)

    await page.getByText('Your session has ended').waitFor()
    expect(new URL(page.url()).searchParams.get('next')).toBe('/runs')
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
    await close()
  })
})

describe('runs', () => {
  it('from the list to the lines of a finished run', async () => {
    const runId = await api.run({ app: 'e2e-lines', script: LINES })
    const { page, complaints, close } = await openPage(browser, signedIn)
    await page.goto(BASE_URL)
    const row = page.locator(`a[href="/runs/${runId}"]`)
    await row.getByText('Completed').waitFor()
    await shoot(page, 'runs')
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await overflowsSideways(page)).toBe(false)

    await row.click()

    const log = page.getByRole('log')
    await log.getByText('line 5 of the program').waitFor()
    expect(await log.getByText(/^line \d of the program/).count()).toBe(5)
    await page.getByText('Complete', { exact: true }).waitFor()
    expect(await overflowsSideways(page)).toBe(false)
    await shoot(page, 'run-completed')
    expect(complaints).toEqual([])
    await close()
  })

  it('from the list to the failing line and the exit code in words', async () => {
    const runId = await api.run({ app: 'e2e-failing', script: FAILING })
    const { page, complaints, close } = await openPage(browser, signedIn)
    await page.goto(`${BASE_URL}/runs?status=failed,dead`)

    await page.locator(`a[href="/runs/${runId}"]`).click()

    await page.getByText('The program ended with exit code 3.').waitFor()
    await page.getByRole('log').getByText('no such table: accounts').waitFor()
    await shoot(page, 'run-failed')
    expect(complaints).toEqual([])
    await close()
  })

  it('the log stops to follow when somebody scrolls up, and takes it up again', async () => {
    const runId = await api.run({ app: 'e2e-failing', script: FAILING })
    const { page, close } = await openPage(browser, signedIn)
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

  it('a long run shows its lines as they come and is cancelled with one confirmation', async () => {
    const runId = await api.run({ app: 'e2e-long', script: ENDLESS })
    const { page, complaints, close } = await openPage(browser, signedIn)
    await page.goto(`${BASE_URL}/runs/${runId}`)
    await page
      .getByRole('log')
      .getByText(/^line 3 of the program/)
      .waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    await page
      .getByRole('log')
      .getByText(/^line 12 of the program/)
      .waitFor()
    await shoot(page, 'run-running')

    await page.getByRole('button', { name: 'Cancel run' }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.waitFor()
    await shoot(page, 'run-cancel')
    await dialog.getByRole('button', { name: 'Cancel run' }).click()

    await page.locator('header').getByText('Cancelled', { exact: true }).waitFor()
    await page.getByText('Cancelled while it was running.').waitFor()
    expect(await api.statusOf(runId)).toBe('cancelled')
    await shoot(page, 'run-cancelled')
    expect(complaints).toEqual([])
    await close()
  })

  it('a run that is not there is said to be missing, with a way to try again', async () => {
    const { page, close } = await openPage(browser, signedIn)

    await page.goto(`${BASE_URL}/runs/999999999`)

    await page.getByText('Run 999999999 could not be loaded').waitFor()
    await shoot(page, 'run-missing')
    await close()
  })

  it('a filter without runs offers the way back', async () => {
    const { page, complaints, close } = await openPage(browser, signedIn)
    await page.goto(`${BASE_URL}/runs?status=cancelling`)
    await page.getByText('No run is cancelling').waitFor()
    await shoot(page, 'runs-empty-filter')
    await page.getByRole('link', { name: 'Show all runs' }).click()

    await page.getByRole('list', { name: 'Runs, newest first' }).waitFor()
    expect(complaints).toEqual([])
    await close()
  })
})

describe('API reference', () => {
  it('reads the document of this server and asks no other host', async () => {
    const { page, complaints, close } = await openPage(browser)
    const hosts = new Set<string>()
    page.on('request', (request) => hosts.add(new URL(request.url()).host))

    await page.goto(`${BASE_URL}/api/docs`)

    await page.getByText('/api/v1/runs/{run}', { exact: true }).first().waitFor()
    await shoot(page, 'api-docs')
    expect([...hosts].filter((host) => host !== '' && host !== new URL(BASE_URL).host)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })
})
