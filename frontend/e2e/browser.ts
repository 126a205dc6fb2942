import { existsSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { inject } from 'vitest'

export const BASE_URL = inject('url')
export const TEAM = inject('team')
export const PASSWORD = inject('password')

/** Where what the pages look like is put, for people to see. */
const SHOTS =
  process.env.E2E_SCREENSHOTS ??
  fileURLToPath(new URL('../test-results/screenshots', import.meta.url))
const WIDTHS = [1440, 390]

export function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no ${executablePath}: install chromium, or say where it is in CHROMIUM.`,
    )
  }
  // Chromium's own sandbox does not work for root.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

/** A page that takes down what the browser complains of. */
export async function openPage(
  browser: Browser,
  storageState?: SignedIn,
  options: BrowserContextOptions = {},
) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    ...(storageState === undefined ? {} : { storageState }),
    ...options,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`)
    }
  })
  return { page, complaints, close: () => context.close() }
}

export type SignedIn = Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>

/** Signs in by the form; kept in localStorage, other pages can share it. */
export async function signIn(
  page: Page,
  { team = TEAM, password = PASSWORD, stay = true } = {},
): Promise<void> {
  await page.getByLabel('Team').fill(team)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('Stay signed in').setChecked(stay)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}

/** The page as it is now, in both themes, wide and narrow. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true })
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width > 600 ? 900 : 844 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: `${SHOTS}/${name}-${width}-${colorScheme}.png` })
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

/** Whether something makes the page wider than the window. */
export function overflowsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
}
