import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BASE_URL, openPage, PASSWORD, TEAM } from './browser'
import { ENDLESS, REPORT } from './samples'
import { setStage, type Stage } from './signedIn'

let stage: Stage

beforeAll(async () => {
  stage = await setStage()
})

afterAll(() => stage?.browser.close())

it('one signs in, starts a run, finds it, reads it and cancels it without a mouse', async () => {
  const app = 'e2e-keyboard'
  await stage.api.deploy({ ...REPORT, app, script: ENDLESS })
  const { page, complaints, close } = await openPage(stage.browser)
  const { keyboard } = page
  await page.goto(`${BASE_URL}/login`)
  await page.getByLabel('Team').waitFor()
  await keyboard.type(TEAM)
  await tabTo(page, 'Password')
  await keyboard.type(PASSWORD)
  await keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()

  await keyboard.press('g')
  await keyboard.press('a')
  await page.getByRole('heading', { name: 'Apps', level: 1 }).waitFor()
  await keyboard.press('/')
  await keyboard.type(app)
  await page.waitForURL(/q=e2e-keyboard/)
  await keyboard.press('Escape')
  await keyboard.press('Escape')
  await keyboard.press('Control+k')
  await keyboard.type(app)
  await page
    .getByRole('option', { name: new RegExp(app) })
    .first()
    .waitFor()
  await keyboard.press('Enter')
  await page.waitForURL(`**/apps/${app}`)

  await tabTo(page, 'Start run')
  await keyboard.press('Enter')
  await page.getByRole('dialog').getByLabel('rows').waitFor()
  await tabTo(page, 'rows')
  await keyboard.type('5')
  await keyboard.press('Control+Enter')
  await page.waitForURL('**/runs/*')
  await page.getByRole('log').getByText('line 2 of the program', { exact: true }).waitFor()

  await tabTo(page, 'Cancel run')
  await keyboard.press('Enter')
  await page.getByRole('alertdialog').waitFor()
  await tabTo(page, 'Cancel run')
  await keyboard.press('Enter')
  await page.getByText('Cancelled while it was running.').waitFor()
  expect(await focusIsVisible(page)).toBe(true)

  await keyboard.press('?')
  await page.getByRole('dialog').getByText('Next and previous row').waitFor()
  expect(complaints).toEqual([])
  await close()
})

/** Presses Tab until what has the focus carries this name, as somebody without a mouse does. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if ((await focusedName(page)).startsWith(name)) {
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never led to ${name}`)
}

function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.innerText : undefined
    return (
      element?.getAttribute('aria-label') ??
      label ??
      (element instanceof HTMLElement ? element.innerText : '')
    ).trim()
  })
}

function focusIsVisible(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const element = document.activeElement
    return element === document.body || element?.matches(':focus-visible') === true
  })
}
