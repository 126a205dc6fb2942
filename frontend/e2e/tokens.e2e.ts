import { afterAll, beforeAll, expect, it } from 'vitest'
import { BASE_URL, openPage, TEAM } from './browser'
import { setStage, type Stage } from './signedIn'

let stage: Stage

beforeAll(async () => {
  stage = await setStage()
})

afterAll(() => stage?.browser.close())

it('a token is created, copied, used and revoked', async () => {
  const { page, complaints, close } = await openPage(stage.browser, stage.signedIn, {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await page.goto(`${BASE_URL}/settings/tokens`)
  await page.getByRole('button', { name: 'Create token' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('nightly-deploy')
  await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click()
  await page.getByRole('button', { name: 'Copy token' }).click()
  await page.getByText('Copied').waitFor()

  const token = await page.evaluate(() => navigator.clipboard.readText())
  expect(await statusWith(token)).toBe(200)
  await page.getByRole('button', { name: 'Done' }).click()
  const row = page.getByRole('row').filter({ hasText: 'nightly-deploy' })
  await row.waitFor()
  expect(await page.content()).not.toContain(token)

  await row.getByRole('button', { name: /Revoke/ }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()

  await row.waitFor({ state: 'detached' })
  expect(await statusWith(token)).toBe(401)
  expect(complaints).toEqual([])
  await close()
})

it('a member is told why there are no runners to see, and nothing is asked of the server', async () => {
  const session = { token: await stage.api.createToken('member'), team: TEAM, role: 'member' }
  const { page, complaints, close } = await openPage(stage.browser)
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(`${BASE_URL}/login`)
  await page.evaluate(
    (value) => sessionStorage.setItem('minitower.session', value),
    JSON.stringify(session),
  )

  await page.goto(`${BASE_URL}/admin/runners`)

  await page.getByText('Only admins see the runners').waitFor()
  expect(asked).not.toContain('/api/v1/admin/runners')
  expect(complaints).toEqual([])
  await close()
})

async function statusWith(token: string): Promise<number> {
  const answer = await fetch(`${BASE_URL}/api/v1/me`, {
    headers: { Authorization: `Bearer ${token}` },
  })
  return answer.status
}
