// Runs `npm ci` only when the lock file, .npmrc or Node changed since the last time.
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const stamp = 'node_modules/.minitower-lock-sha256'
const wanted = createHash('sha256')
  .update(readFileSync('package-lock.json'))
  .update(readFileSync('.npmrc'))
  .update(process.version)
  .digest('hex')

if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
  process.exit(0)
}
const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
if (npm.error) {
  console.error(`npm could not be started: ${npm.error.message}`)
}
if (npm.status === 0) {
  writeFileSync(stamp, wanted)
}
process.exit(npm.status ?? 1)
