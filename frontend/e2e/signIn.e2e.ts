import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BASE_URL, launch, openPage, signIn, TEAM } from './browser'

let browser: Browser

beforeAll(async () => {
  browser = await launch()
})

afterAll(() => browser?.close())

it('a deep link asks for the password and then leads back to where one was', async () => {
  const { page, complaints, close } = await openPage(browser)
  await page.goto(`${BASE_URL}/runs?status=completed`)
  await page.getByRole('heading', { name: 'Sign in to your team' }).waitFor()

  await signIn(page)

  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/runs?status=completed')
  expect(complaints).toEqual([])
  await close()
})

it('a wrong password is refused in the words of the server', async () => {
  const { page, close } = await openPage(browser)
  await page.goto(`${BASE_URL}/login`)
  await page.getByLabel('Team').fill(TEAM)
  await page.getByLabel('Password', { exact: true }).fill('not the password')

  await page.getByRole('button', { name: 'Sign in' }).click()

  await page.getByRole('alert').waitFor()
  expect(new URL(page.url()).pathname).toBe('/login')
  await close()
})

it('a token that the server no longer takes ends the session once, says so and leads back', async () => {
  const { page, close } = await openPage(browser)
  await page.goto(`${BASE_URL}/login`)
  await page.evaluate(() => {
    const session = { token: 'mtk_revoked', team: 'nobody', role: 'member' }
    sessionStorage.setItem('minitower.session', JSON.stringify(session))
  })
  await page.goto(`${BASE_URL}/apps`)
  await page.getByText('Your session has ended').waitFor()
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0)

  await signIn(page)

  await page.getByRole('heading', { name: 'Apps', level: 1 }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/apps')
  await close()
})

it('whoever does not ask to stay signed in leaves nothing behind in the browser', async () => {
  const { page, close } = await openPage(browser)
  await page.goto(`${BASE_URL}/login`)
  await signIn(page, { stay: false })

  expect(await page.evaluate(() => localStorage.getItem('minitower.session'))).toBeNull()
  expect(await page.evaluate(() => sessionStorage.getItem('minitower.session'))).not.toBeNull()
  await close()
})

it('the colours that were chosen are there before the first paint', async () => {
  const { page, close } = await openPage(browser, undefined, { colorScheme: 'light' })
  await page.goto(`${BASE_URL}/login`)
  const label = page.getByRole('button', { name: /Switch to/ })
  while (!(await label.getAttribute('aria-label'))?.startsWith('Dark')) {
    await label.click()
  }
  await page.route('**/assets/*.js', () => undefined)

  await page.reload({ waitUntil: 'commit' })
  await page.waitForFunction(() => document.body !== null)

  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  await close()
})
