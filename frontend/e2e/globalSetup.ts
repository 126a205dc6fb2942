import { randomBytes } from 'node:crypto'
import type { TestProject } from 'vitest/node'
import { TeamApi } from './api'
import { Tower } from './tower'

declare module 'vitest' {
  interface ProvidedContext {
    url: string
    database: string
    team: string
    password: string
  }
}

const TEAM = 'e2e'

/** One server with a runner and a team for all files; those that break servers start their own. */
export default async function start(project: TestProject) {
  const password = randomBytes(12).toString('base64url')
  const tower = await Tower.start()
  await TeamApi.signUp(tower.url, TEAM, password)
  tower.startRunner('e2e-runner')
  project.provide('url', tower.url)
  project.provide('database', tower.database)
  project.provide('team', TEAM)
  project.provide('password', password)
  return () => tower.stop()
}
