import { expect, it } from 'vitest'
import { BASE_URL, launch, openPage } from './browser'

it('the API reference reads the document of this server and asks no other host', async () => {
  const browser = await launch()
  const { page, complaints, close } = await openPage(browser)
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).host))

  await page.goto(`${BASE_URL}/api/docs`)

  await page.getByText('/api/v1/runs/{run}', { exact: true }).first().waitFor()
  expect([...hosts].filter((host) => host !== '' && host !== new URL(BASE_URL).host)).toEqual([])
  expect(complaints).toEqual([])
  await close()
  await browser.close()
})
