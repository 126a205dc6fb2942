import { gzipSync } from 'node:zlib'
import { expect, vi } from 'vitest'

export interface Project {
  app: string
  script: string
  /** The Towerfile's tables of parameters. */
  parameters?: string
  description?: string
}

/** The few calls that put something on a server for the browser to look at. */
export class TeamApi {
  private constructor(
    private readonly base: string,
    private readonly token: string,
  ) {}

  static async signUp(base: string, slug: string, password: string): Promise<TeamApi> {
    const response = await fetch(`${base}/api/v1/teams/signup`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ slug, name: slug, password }),
    })
    const { token } = (await accepted(response)) as { token: string }
    return new TeamApi(base, token)
  }

  static async signIn(base: string, slug: string, password: string): Promise<TeamApi> {
    const response = await fetch(`${base}/api/v1/teams/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ slug, password }),
    })
    const { token } = (await accepted(response)) as { token: string }
    return new TeamApi(base, token)
  }

  /** The id of a new run of a new version of this shell script. */
  async run(given: Project): Promise<number> {
    await this.deploy(given)
    return this.start(given.app)
  }

  async deploy(given: Project): Promise<void> {
    await this.createApp(given.app, given.description)
    const form = new FormData()
    form.append('artifact', new Blob([new Uint8Array(artifactOf(given))]), 'artifact.tar.gz')
    await this.post(`/apps/${given.app}/versions`, form)
  }

  async createApp(slug: string, description?: string): Promise<void> {
    await this.post('/apps', JSON.stringify({ slug, description }), [409])
  }

  async start(app: string, request: object = {}): Promise<number> {
    const run = (await this.post(`/apps/${app}/runs`, JSON.stringify(request))) as {
      run_id: number
    }
    return run.run_id
  }

  async cancel(runId: number): Promise<void> {
    await this.post(`/runs/${runId}/cancel`, '{}')
  }

  /** The value of a new token. */
  async createToken(role: 'admin' | 'member'): Promise<string> {
    const body = JSON.stringify({ name: `${role} of the tests`, role })
    return ((await this.post('/tokens', body)) as { token: string }).token
  }

  async untilStatus(runId: number, wanted: string): Promise<void> {
    await vi.waitFor(async () => expect(await this.statusOf(runId)).toBe(wanted), {
      timeout: 45_000,
      interval: 100,
    })
  }

  async statusOf(runId: number): Promise<string> {
    const response = await fetch(`${this.base}/api/v1/runs/${runId}`, { headers: this.headers() })
    return ((await accepted(response)) as { status: string }).status
  }

  private async post(path: string, body: string | FormData, alsoFine: number[] = []) {
    const headers = new Headers(this.headers())
    if (typeof body === 'string') {
      headers.set('Content-Type', 'application/json')
    }
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method: 'POST',
      headers,
      body,
    })
    return alsoFine.includes(response.status) ? undefined : accepted(response)
  }

  private headers() {
    return { Authorization: `Bearer ${this.token}` }
  }
}

async function accepted(response: Response): Promise<unknown> {
  if (!response.ok) {
    throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`)
  }
  return response.json()
}

/** What `minitower-cli package` would make of it. */
export function artifactOf({ app, script, parameters = '' }: Project): Buffer {
  const towerfile = `[app]\nname = "${app}"\nscript = "main.sh"\n${parameters}`
  const tar = [entry('Towerfile', towerfile), entry('main.sh', script), Buffer.alloc(1024)]
  return gzipSync(Buffer.concat(tar))
}

/** One regular file in the ustar format (POSIX.1-1988). */
function entry(name: string, content: string): Buffer {
  const data = Buffer.from(content)
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        0', 148)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)])
}
