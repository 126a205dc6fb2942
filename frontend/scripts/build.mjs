// Builds the console unless nothing that goes into it changed since the last build into the same
// folder, and holds the first page to its size.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

const FIRST_PAGE_LIMIT = 150_000
const INPUTS = ['index.html', 'package-lock.json', 'public', 'scripts', 'src', 'vite.config.ts']
const STAMP = 'node_modules/.minitower-build.json'

const outDir = process.env.MINITOWER_WEB_OUT ?? 'dist'
const wanted = hashOfInputs()

if (isCurrent()) {
  console.log(`console is up to date in ${outDir}`)
} else {
  await build({ logLevel: 'warn' })
  const size = firstPageSize()
  if (size > FIRST_PAGE_LIMIT) {
    throw new Error(`the first page loads ${size} bytes of script (gzip), over ${FIRST_PAGE_LIMIT}`)
  }
  compressAssets()
  mkdirSync('node_modules', { recursive: true })
  writeFileSync(STAMP, JSON.stringify({ outDir, hash: wanted, files: filesUnder(outDir) }))
  console.log(`console built into ${outDir}: first page ${size} bytes of script (gzip)`)
}

function hashOfInputs() {
  const hash = createHash('sha256').update(process.version).update(outDir)
  hash.update(process.env.VITE_API_BASE_URL ?? '')
  for (const file of INPUTS.flatMap(filesUnder)) {
    hash.update(`\0${file}\0`).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function isCurrent() {
  if (!existsSync(STAMP)) return false
  const stamp = JSON.parse(readFileSync(STAMP, 'utf8'))
  return (
    stamp.outDir === outDir &&
    stamp.hash === wanted &&
    stamp.files.every((file) => existsSync(file))
  )
}

function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)))
}

/** So that the server has nothing to compress while somebody waits. */
function compressAssets() {
  for (const file of filesUnder(join(outDir, 'assets'))) {
    const content = readFileSync(file)
    const compressed = gzipSync(content, { level: 9 })
    if (compressed.length < content.length) writeFileSync(`${file}.gz`, compressed)
  }
}

/** What index.html asks for before anything is clicked: its scripts and their preloads. */
function firstPageSize() {
  const html = readFileSync(join(outDir, 'index.html'), 'utf8')
  const scripts = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map((match) => match[1])
  return scripts
    .map((path) => gzipSync(readFileSync(join(outDir, path))).length)
    .reduce((sum, size) => sum + size, 0)
}
