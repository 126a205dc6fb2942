import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { artifactOf } from './api'
import { BASE_URL, launch, openPage } from './browser'
import { ENDLESS, PARAMETERS } from './samples'

let browser: Browser

beforeAll(async () => {
  browser = await launch()
})

afterAll(() => browser?.close())

it('somebody new signs up, creates an app, uploads it, runs it, watches it and cancels it', async () => {
  const { page, complaints, close } = await openPage(browser)
  await page.goto(BASE_URL)
  await page.getByRole('button', { name: 'Create one' }).click()
  await page.getByLabel('Team').fill('newcomers')
  await page.getByLabel('Name').fill('The newcomers')
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await page.getByRole('button', { name: 'Create team' }).click()
  await page.getByText('minitower-cli deploy').first().waitFor()

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Apps' }).click()
  await page.getByRole('button', { name: 'Create app' }).first().click()
  await page.getByRole('dialog').getByLabel('Name').fill('counter')
  await page.getByRole('dialog').getByRole('button', { name: 'Create app' }).click()
  await page.waitForURL('**/apps/counter')

  await page.getByRole('button', { name: 'Upload version' }).first().click()
  const upload = page.getByRole('dialog')
  await upload.locator('input[type=file]').setInputFiles({
    name: 'counter.tar.gz',
    mimeType: 'application/gzip',
    buffer: artifactOf({ app: 'counter', script: ENDLESS, parameters: PARAMETERS }),
  })
  await upload.getByRole('button', { name: 'Upload', exact: true }).click()
  await upload.getByText('v1').waitFor()

  await upload.getByRole('button', { name: 'Start run' }).click()
  const form = page.getByRole('dialog', { name: /Start/ })
  await form.getByLabel('rows').fill('many')
  await form.getByRole('button', { name: 'Start run' }).click()
  expect(await form.getByLabel('rows').getAttribute('aria-invalid')).toBe('true')
  await form.getByLabel('rows').fill('12')
  await form.getByRole('button', { name: 'Start run' }).click()

  await page.waitForURL('**/runs/*')
  const log = page.getByRole('log')
  await log.getByText('line 3 of the program', { exact: true }).waitFor()
  await log.getByText('line 9 of the program', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Cancel run' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel run' }).click()
  await page.getByText('Cancelled while it was running.').waitFor()
  expect(complaints).toEqual([])
  await close()
})

it('an archive that is none is refused in the words of the server, and nothing is lost', async () => {
  const { page, close } = await openPage(browser)
  await page.goto(`${BASE_URL}/apps/counter`)
  await page.getByLabel('Team').fill('newcomers')
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Upload version' }).first().click()
  const upload = page.getByRole('dialog')
  await upload.locator('input[type=file]').setInputFiles({
    name: 'notes.tar.gz',
    mimeType: 'application/gzip',
    buffer: Buffer.from('these are notes'),
  })

  await upload.getByRole('button', { name: 'Upload', exact: true }).click()

  await upload.getByRole('alert').filter({ hasText: /gzip/i }).waitFor()
  await upload.getByText('notes.tar.gz').waitFor()
  await close()
})
