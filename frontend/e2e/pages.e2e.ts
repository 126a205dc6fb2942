import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { BASE_URL, openPage, overflowsSideways, shoot, TEAM, type SignedIn } from './browser'
import { accessibilityFaults, layoutShift, settled, watchLayoutShift } from './quality'
import { ENDLESS, FAILING, REPORT } from './samples'
import { setStage, type Stage } from './signedIn'
import { TeamApi } from './api'

const LONG_NAME = 'nightly-backup-of-the-accounting-database-of-the-head-office'
/** The most that may move by itself (Cumulative Layout Shift). */
const MOST_SHIFT = 0.05
/** In bytes as they travel: the scripts of a first visit, from the sign-in page to the overview. */
const MOST_SCRIPT = 150_000

interface Look {
  /** Names the screenshots. */
  name: string
  path: () => string
  /** What must be seen before the page is looked at. */
  sees: string | RegExp
  who?: 'nobody' | 'newcomer' | 'member'
  /** What the server is kept from answering. */
  broken?: string
  /** What is done on the page before. */
  then?: (page: Page) => Promise<unknown>
  /** What the browser itself says of answers that are refused on purpose. */
  refused?: boolean
}

let stage: Stage
const who: Record<string, SignedIn | undefined> = {}
const runs = { failed: 0, running: 0, report: 0 }

beforeAll(async () => {
  stage = await setStage()
  const { api } = stage
  who.member = sessionOf(TEAM, await api.createToken('member'), 'member')
  const newcomer = await TeamApi.signUp(BASE_URL, 'empty-team', 'correct horse battery')
  who.newcomer = sessionOf('empty-team', await newcomer.createToken('admin'), 'admin')
  await api.deploy(REPORT)
  await api.deploy({
    app: LONG_NAME,
    script: 'echo\n',
    description: 'Every night at two '.repeat(9),
  })
  await api.createApp('not-deployed-yet')
  runs.report = await api.start(REPORT.app, { input: { region: 'us', rows: 7 } })
  runs.failed = await api.run({ app: 'e2e-failing', script: FAILING })
  runs.running = await api.run({ app: 'e2e-long', script: ENDLESS })
  await api.untilStatus(runs.failed, 'failed')
  await api.untilStatus(runs.report, 'completed')
  givePast([REPORT.app, LONG_NAME])
})

afterAll(async () => {
  await stage?.api.cancel(runs.running)
  await stage?.browser.close()
})

const click = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).first().click()

const LOOKS: Look[] = [
  { name: 'login', path: () => '/login', sees: 'Sign in to your team', who: 'nobody' },
  { name: 'sign-up', path: () => '/login', sees: 'Create a team', who: 'nobody', then: click('Create one') }, // prettier-ignore
  { name: 'overview', path: () => '/', sees: 'Failures first' },
  { name: 'overview-new', path: () => '/', sees: 'minitower-cli deploy', who: 'newcomer' },
  { name: 'apps', path: () => '/apps', sees: REPORT.app },
  { name: 'apps-none', path: () => '/apps', sees: 'minitower-cli deploy', who: 'newcomer' },
  { name: 'app-create', path: () => '/apps', sees: 'Create an app', then: click('Create app') },
  { name: 'app', path: () => `/apps/${REPORT.app}`, sees: 'Success rate' },
  { name: 'app-long', path: () => `/apps/${LONG_NAME}`, sees: 'Success rate' },
  { name: 'app-no-version', path: () => '/apps/not-deployed-yet', sees: 'No version has been uploaded yet' }, // prettier-ignore
  { name: 'app-runs', path: () => `/apps/${REPORT.app}?tab=runs`, sees: 'Outcome' },
  { name: 'app-versions', path: () => `/apps/${REPORT.app}?tab=versions`, sees: 'main.sh' },
  { name: 'app-settings', path: () => `/apps/${REPORT.app}?tab=settings`, sees: 'Disable' },
  { name: 'app-upload', path: () => `/apps/${REPORT.app}`, sees: 'Drop the file here', then: click('Upload version') }, // prettier-ignore
  {
    name: 'app-missing',
    path: () => '/apps/no-such-app',
    sees: 'could not be loaded',
    refused: true,
  },
  { name: 'run-start', path: () => `/apps/${REPORT.app}`, sees: 'How many rows at most', then: click('Start run') }, // prettier-ignore
  { name: 'runs', path: () => '/runs', sees: 'Outcome' },
  { name: 'runs-none', path: () => '/runs', sees: 'Nothing has run yet', who: 'newcomer' },
  { name: 'runs-no-hit', path: () => '/runs?q=no-run-says-this', sees: 'No run is like that' },
  { name: 'runs-failed', path: () => '/runs', sees: 'The runs could not be loaded', broken: '**/api/v1/runs?*' }, // prettier-ignore
  { name: 'apps-failed', path: () => '/apps', sees: 'The apps could not be loaded', broken: '**/api/v1/apps?*' }, // prettier-ignore
  { name: 'run-completed', path: () => `/runs/${runs.report}`, sees: 'region us, 7 rows' },
  { name: 'run-failed', path: () => `/runs/${runs.failed}`, sees: 'no such table: accounts' },
  { name: 'run-line', path: () => `/runs/${runs.failed}#L1200`, sees: 'step 1200' },
  { name: 'run-search', path: () => `/runs/${runs.failed}`, sees: /\d+ of \d+/, then: searchLog },
  { name: 'run-running', path: () => `/runs/${runs.running}`, sees: /line \d+ of the program/ },
  { name: 'run-cancel', path: () => `/runs/${runs.running}`, sees: 'Keep it', then: click('Cancel run') }, // prettier-ignore
  {
    name: 'run-missing',
    path: () => '/runs/999999999',
    sees: 'could not be loaded',
    refused: true,
  },
  { name: 'tokens', path: () => '/settings/tokens', sees: 'This session' },
  {
    name: 'token-create',
    path: () => '/settings/tokens',
    sees: 'Expires',
    then: click('Create token'),
  },
  { name: 'runners', path: () => '/admin/runners', sees: 'e2e-runner' },
  { name: 'runners-member', path: () => '/admin/runners', sees: 'Only admins see the runners', who: 'member' }, // prettier-ignore
  { name: 'palette', path: () => '/', sees: 'Overview', then: (page) => page.keyboard.press('Control+k') }, // prettier-ignore
  {
    name: 'keys',
    path: () => '/',
    sees: 'Next and previous row',
    then: (page) => page.keyboard.press('?'),
  },
  { name: 'not-found', path: () => '/no/such/page', sees: 'There is no such page' },
]

describe('every page, light and dark, wide and narrow', () => {
  it.each(LOOKS)('$name is accessible, holds still and fits', async (look) => {
    const { page, complaints, close } = await openLook(look)

    expect(await layoutShift(page)).toBeLessThanOrEqual(MOST_SHIFT)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect(await accessibilityFaults(page), colorScheme).toEqual([])
    }
    await shoot(page, look.name)
    for (const width of [360, 2560]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await overflowsSideways(page), `${width} px`).toBe(false)
    }
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await accessibilityFaults(page), 'narrow').toEqual([])
    const isExpected = (words: string) =>
      (look.refused && words.includes('404')) || (look.broken && words.includes('503'))
    expect(complaints.filter((words) => !isExpected(words))).toEqual([])
    await close()
  })

  it('what a first visit loads of script is small', async () => {
    const { page, close } = await openPage(stage.browser)
    const sizes: Promise<number>[] = []
    page.on('requestfinished', (request) => {
      if (request.resourceType() === 'script') {
        sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
      }
    })
    await page.goto(`${BASE_URL}/login`)
    await page.getByLabel('Team').waitFor()
    await page
      .context()
      .addInitScript(
        (items) => items.forEach(({ name, value }) => localStorage.setItem(name, value)),
        stage.signedIn.origins[0]?.localStorage ?? [],
      )

    await page.goto(BASE_URL)
    await page.getByText('Failures first').waitFor()
    await settled(page)

    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    expect(total).toBeGreaterThan(30_000)
    expect(total).toBeLessThanOrEqual(MOST_SCRIPT)
    await close()
  })
})

const UNAVAILABLE = {
  status: 503,
  contentType: 'application/json',
  body: '{"error":{"code":"unavailable","message":"the database does not answer right now; try again"}}',
}

async function openLook({ path, sees, who: role, broken, then }: Look) {
  const session = role === 'nobody' ? undefined : role === undefined ? stage.signedIn : who[role]
  const opened = await openPage(stage.browser, session)
  await watchLayoutShift(opened.page)
  if (broken !== undefined) {
    await opened.page.route(broken, (route) => route.fulfill(UNAVAILABLE))
  }
  await opened.page.goto(BASE_URL + path())
  await opened.page.getByRole('heading').first().waitFor()
  await settled(opened.page)
  await then?.(opened.page)
  await opened.page.getByText(sees).filter({ visible: true }).first().waitFor()
  await settled(opened.page)
  return opened
}

async function searchLog(page: Page): Promise<void> {
  await page.getByRole('log').waitFor()
  await page.getByLabel('Search the log').fill('step 12')
}

function sessionOf(team: string, token: string, role: string): SignedIn {
  const value = JSON.stringify({ token, team, role })
  const localStorage = [{ name: 'minitower.session', value }]
  return { cookies: [], origins: [{ origin: BASE_URL, localStorage }] }
}

/** Runs over the last 24 hours, which no test can wait for. */
function givePast(apps: string[]): void {
  const script = fileURLToPath(new URL('./history.py', import.meta.url))
  const { status, stderr } = spawnSync(process.env.E2E_PYTHON ?? 'python3', [
    script,
    inject('database'),
    TEAM,
    apps.join(),
    '600',
  ])
  if (status !== 0) {
    throw new Error(`history.py: ${stderr.toString()}`)
  }
}
