import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BASE_URL, openPage, overflowsSideways } from './browser'
import { ENDLESS, FAILING, LINES, REPORT } from './samples'
import { setStage, type Stage } from './signedIn'

let stage: Stage

beforeAll(async () => {
  stage = await setStage()
})

afterAll(() => stage?.browser.close())

const open = () => openPage(stage.browser, stage.signedIn)

describe('the list of runs', () => {
  it('leads to the lines of a finished run', async () => {
    const runId = await stage.api.run({ app: 'e2e-lines', script: LINES })
    const { page, complaints, close } = await open()
    await page.goto(`${BASE_URL}/runs`)
    const row = page.getByRole('listitem').filter({ has: page.locator(`a[href="/runs/${runId}"]`) })
    await row.getByText('Completed').waitFor()

    await row.click()

    const log = page.getByRole('log')
    await log.getByText('line 5 of the program').waitFor()
    expect(await log.getByText(/^line \d of the program/).count()).toBe(5)
    await page.getByText('Complete', { exact: true }).waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  it('shows a run the moment it is there, and how it goes on, without a reload', async () => {
    await stage.api.deploy({ app: 'e2e-live', script: LINES })
    const { page, close } = await open()
    await page.goto(`${BASE_URL}/runs?app=e2e-live`)
    await page.getByText('No run is like that').waitFor()

    const runId = await stage.api.start('e2e-live')

    const row = page.getByRole('listitem').filter({ has: page.locator(`a[href="/runs/${runId}"]`) })
    await row.getByText('Completed').waitFor()
    await close()
  })

  it('finds a run by what it wrote down as its error', async () => {
    const runId = await stage.api.run({ app: 'e2e-failing', script: FAILING })
    await stage.api.untilStatus(runId, 'failed')
    const { page, close } = await open()
    await page.goto(`${BASE_URL}/runs`)
    await page.getByRole('list', { name: 'Runs, newest first' }).waitFor()

    await page.keyboard.press('/')
    await page.keyboard.type('exited with code 3')

    await page.waitForURL(/q=exited/)
    await page.locator(`a[href="/runs/${runId}"]`).waitFor()
    expect(await page.getByRole('listitem').filter({ hasText: 'Completed' }).count()).toBe(0)
    await close()
  })

  it('a filter without runs offers the way back', async () => {
    const { page, complaints, close } = await open()
    await page.goto(`${BASE_URL}/runs?status=cancelling`)
    await page.getByText('No run is like that').waitFor()

    await page.getByRole('link', { name: 'Show all runs' }).click()

    await page.getByRole('list', { name: 'Runs, newest first' }).waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  it('is not wider than a small phone', async () => {
    const { page, close } = await open()
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(`${BASE_URL}/runs`)
    await page.getByRole('list', { name: 'Runs, newest first' }).waitFor()

    expect(await overflowsSideways(page)).toBe(false)
    await close()
  })
})

describe('a run', () => {
  it('that failed is two clicks away from the start page, with the reason and the failing line', async () => {
    const runId = await stage.api.run({ app: 'e2e-failing', script: FAILING })
    await stage.api.untilStatus(runId, 'failed')
    const { page, complaints, close } = await open()
    await page.goto(BASE_URL)

    await page.locator(`a[href="/runs/${runId}"]`).first().click()

    await page.getByText('The program ended with exit code 3.').waitFor()
    await page.getByRole('log').getByText('no such table: accounts').waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  it('shows its lines as they come and is cancelled with one confirmation', async () => {
    const runId = await stage.api.run({ app: 'e2e-long', script: ENDLESS })
    const { page, complaints, close } = await open()
    await page.goto(`${BASE_URL}/runs/${runId}`)
    const log = page.getByRole('log')
    await log.getByText(/^line 3 of the program/).waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    await log.getByText(/^line 12 of the program/).waitFor()

    await page.getByRole('button', { name: 'Cancel run' }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByRole('button', { name: 'Cancel run' }).click()

    await page.getByText('Cancelled while it was running.').waitFor()
    expect(await stage.api.statusOf(runId)).toBe('cancelled')
    expect(complaints).toEqual([])
    await close()
  })

  it('is started again with its input changed', async () => {
    await stage.api.deploy(REPORT)
    const runId = await stage.api.start(REPORT.app, { input: { region: 'us', rows: 7 } })
    await stage.api.untilStatus(runId, 'completed')
    const { page, close } = await open()
    await page.goto(`${BASE_URL}/runs/${runId}`)

    await page.getByRole('button', { name: 'Run again' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByLabel('region').inputValue()).toBe('us')
    await dialog.getByLabel('rows').fill('8')
    await dialog.getByRole('button', { name: 'Start run' }).click()

    await page.waitForURL((url) => url.pathname !== `/runs/${runId}`)
    await page.getByRole('log').getByText('region us, 8 rows').waitFor()
    await close()
  })

  it('that is not there is said to be missing, with a way to try again', async () => {
    const { page, close } = await open()

    await page.goto(`${BASE_URL}/runs/999999999`)

    await page.getByText('Run 999999999 could not be loaded').waitFor()
    await page.getByRole('button', { name: 'Try again' }).waitFor()
    await close()
  })
})
