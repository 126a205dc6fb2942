import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

type Program = ChildProcessByStdio<null, Readable, Readable>

const REGISTRATION_TOKEN = 'registration-token-of-the-browser-tests'
/** In milliseconds; a loaded machine starts a server slowly. */
const START = 120_000
const END = 30_000

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A server of the tests' own, open for sign-up, with its data in a folder that goes with it. */
export class Tower {
  private readonly folder = mkdtempSync(join(tmpdir(), 'minitower-e2e-'))
  /** Outlive the tests where somebody names a place for them. */
  private readonly logs = process.env.E2E_LOGS ?? this.folder
  private server: Program | undefined
  private runner: Program | undefined

  private constructor(
    private readonly port: number,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Tower> {
    const tower = new Tower(await freePort(), settings)
    try {
      await tower.startServer()
      return tower
    } catch (error) {
      await tower.stop()
      throw error
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get database(): string {
    return join(this.folder, 'data', 'minitower.db')
  }

  async startServer(): Promise<void> {
    this.server = this.spawn('minitowerd', {
      MINITOWER_LISTEN_ADDR: `127.0.0.1:${this.port}`,
      MINITOWER_DATA_DIR: join(this.folder, 'data'),
      MINITOWER_PUBLIC_SIGNUP_ENABLED: 'true',
      MINITOWER_RUNNER_REGISTRATION_TOKEN: REGISTRATION_TOKEN,
      ...this.settings,
    })
    await untilSaid(this.server, 'Serving at')
  }

  async stopServer(): Promise<void> {
    await ended(this.server)
  }

  /** Takes two runs at once. */
  startRunner(name: string): void {
    this.runner = this.spawn('minitower-runner', {
      MINITOWER_SERVER_URL: this.url,
      MINITOWER_RUNNER_REGISTRATION_TOKEN: REGISTRATION_TOKEN,
      MINITOWER_RUNNER_NAME: name,
      MINITOWER_RUNNER_CONCURRENCY: '2',
      MINITOWER_DRAIN_TIMEOUT: '0s',
      MINITOWER_KILL_GRACE_PERIOD: '1s',
      MINITOWER_MIN_FREE_SPACE: '100MiB',
      MINITOWER_DATA_DIR: join(this.folder, 'runner'),
    })
  }

  async stop(): Promise<void> {
    await ended(this.runner)
    await ended(this.server)
    rmSync(this.folder, { recursive: true, force: true })
  }

  private spawn(name: string, env: Record<string, string>): Program {
    const log = createWriteStream(join(this.logs, `${name}-${this.port}.log`), { flags: 'a' })
    const { PATH, HOME, JAVA_HOME } = process.env
    const program = spawn(join(root, 'scripts', name), {
      env: { PATH, HOME, LANG: 'C.UTF-8', ...(JAVA_HOME && { JAVA_HOME }), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    program.stdout.pipe(log, { end: false })
    program.stderr.pipe(log, { end: false })
    process.once('exit', () => program.kill('SIGKILL'))
    return program
  }
}

/** Waits until the program prints the words. */
function untilSaid(program: Program, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes(words)) {
        finish()
        resolve()
      }
    }
    const fail = () => {
      finish()
      reject(new Error(`never said "${words}": ${said}`))
    }
    const late = setTimeout(fail, START)
    function finish() {
      clearTimeout(late)
      program.stdout.off('data', listen)
      program.off('exit', fail)
    }
    program.stdout.on('data', listen)
    program.once('exit', fail)
  })
}

async function ended(process: Program | undefined): Promise<void> {
  if (process === undefined || process.exitCode !== null || process.signalCode !== null) {
    return
  }
  const exit = new Promise((resolve) => process.once('exit', resolve))
  process.kill('SIGTERM')
  const late = setTimeout(() => process.kill('SIGKILL'), END)
  await exit
  clearTimeout(late)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
