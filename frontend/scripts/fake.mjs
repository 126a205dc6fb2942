// Serves the built console with a made-up API, to work on its looks without a server and a runner.
import { runnerImport } from 'vite'

const { module } = await runnerImport('./test/fake/server.ts')
const fake = await module.startFake({
  port: Number(process.env.PORT ?? 0),
  webRoot: process.env.WEB_ROOT ?? 'dist',
})
console.log(`BASE_URL=${fake.url} E2E_TEAM=${fake.team} E2E_PASSWORD=${fake.password}`)
