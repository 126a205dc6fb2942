import type { Browser } from 'playwright-core'
import { TeamApi } from './api'
import { BASE_URL, launch, openPage, PASSWORD, signIn, TEAM, type SignedIn } from './browser'

export interface Stage {
  browser: Browser
  api: TeamApi
  signedIn: SignedIn
}

/** A browser that is signed in, and the API for putting things where it will look. */
export async function setStage(): Promise<Stage> {
  const browser = await launch()
  const api = await TeamApi.signIn(BASE_URL, TEAM, PASSWORD)
  const { page, close } = await openPage(browser)
  await page.goto(`${BASE_URL}/login`)
  await signIn(page)
  const signedIn = await page.context().storageState()
  await close()
  return { browser, api, signedIn }
}
