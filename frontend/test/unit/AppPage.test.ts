import { VueQueryPlugin } from '@tanstack/vue-query'
import { DOMWrapper, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { App, TeamToken, Version } from '../../src/api/types'
import AppPage from '../../src/pages/AppPage.vue'
import { createQueryClient } from '../../src/queries/client'
import { router } from '../../src/router'
import { useSessionStore } from '../../src/stores/session'
import { eventually } from './eventually'
import { anApp, aVersion, finished } from './samples'
import { json, serve } from './scriptedServer'

const body = new DOMWrapper(document.body)

beforeEach(() => {
  // jsdom has neither.
  vi.spyOn(window, 'scrollTo').mockReturnValue()
  vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: false }))
  setActivePinia(createPinia())
})

interface Scene {
  app?: App
  versions?: Version[]
  role?: TeamToken['role']
  tab?: string
  on?: (request: IncomingMessage, response: ServerResponse) => boolean
}

async function openApp({ app = anApp(), versions = [aVersion()], role, tab, on }: Scene) {
  useSessionStore().begin(
    { team_id: 1, slug: 'data-team', token: 'mtk_1', token_id: 4, role: role ?? 'admin' },
    false,
  )
  const { requests } = await serve((request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '').replace('/api/v1', '')
    if (on?.(request, response)) {
      return
    }
    if (path === '/apps/hello') {
      json(response, 200, app)
    } else if (path === '/apps/hello/versions') {
      json(response, 200, { versions })
    } else if (path.startsWith('/apps/hello/versions/')) {
      json(response, 200, versions[0])
    } else {
      json(response, 200, { runs: [] })
    }
  })
  await router.push(`/apps/hello${tab === undefined ? '' : `?tab=${tab}`}`)
  const page = mount(AppPage, {
    props: { app: 'hello' },
    global: { plugins: [router, [VueQueryPlugin, { queryClient: createQueryClient() }]] as never },
    attachTo: document.body,
  })
  onTestFinished(() => page.unmount())
  return { page, requests }
}

const actions = () => body.findAll('.page-header .actions button').map((button) => button.text())

it('gives the figures of the last runs and the facts of the latest version', async () => {
  const runs = [finished(1, 'completed', 2), finished(2, 'dead', 1)]
  const { page } = await openApp({
    app: anApp({ recent: { runs, success_rate: 0.5, median_seconds: 2 } }),
    versions: [aVersion({ entrypoint: 'jobs/main.py', artifact_size: 2_300 })],
  })

  await eventually(() => expect(page.text()).toContain('jobs/main.py'))

  expect(page.get('.figures').text()).toContain('50 %')
  expect(page.get('.figures').text()).toContain('2.0 s')
  expect(page.get('.figures svg').attributes('aria-label')).toContain('1 completed, 1 failed')
  expect(page.text()).toContain('2.3 kB')
  expect(actions()).toEqual(['Upload version', 'Start run'])
  expect(document.title).toBe('hello · MiniTower')
})

it('an app without a version says how to get one, and offers no run', async () => {
  const { page } = await openApp({ app: anApp({ latest_version_no: undefined }) })

  await eventually(() => expect(page.text()).toContain('No version has been uploaded yet'))

  expect(page.text()).toContain('minitower-cli deploy')
  expect(actions()).toEqual(['Upload version'])
})

it('a disabled app says so and offers no run', async () => {
  const { page } = await openApp({ app: anApp({ disabled: true }) })

  await eventually(() => expect(page.text()).toContain('it takes no new runs'))

  expect(actions()).toEqual(['Upload version'])
})

it('an app that is not there says so and leads back', async () => {
  const { page } = await openApp({
    on: (_, response) => {
      json(response, 404, { error: { code: 'not_found', message: 'app not found' } })
      return true
    },
  })

  await eventually(() => expect(page.text()).toContain('app not found'))

  expect(page.get('h1').text()).toBe('hello')
  expect(page.get('.back').attributes('href')).toBe('/apps')
})

describe('the versions', () => {
  const schema = {
    type: 'object',
    properties: { COUNT: { type: 'integer', default: 3, description: 'How many' } },
  }
  const versions = [
    aVersion({
      version_id: 2,
      version_no: 2,
      params_schema: schema,
      import_paths: ['lib', 'more'],
    }),
    aVersion(),
  ]

  it('open to the Towerfile, the parameters and the hashes', async () => {
    const { page } = await openApp({ versions, tab: 'versions' })
    await eventually(() => expect(page.findAll('.item')).toHaveLength(2))
    expect(page.find('pre').exists()).toBe(false)

    await page.get('[aria-label="Details of version 2"]').trigger('click')

    expect(page.get('pre').text()).toContain('script = "main.py"')
    expect(page.findAll('.params td').map((cell) => cell.text())).toEqual([
      'COUNT',
      'integer',
      '3',
      'How many',
    ])
    expect(page.text()).toContain('lib, more')
    expect(page.text()).toContain('c'.repeat(64))
    await page.get('[aria-label="Details of version 2"]').trigger('click')
    expect(page.find('pre').exists()).toBe(false)
  })

  it('a link opens one', async () => {
    const { page } = await openApp({ versions, tab: 'versions&v=1' })

    await eventually(() => expect(page.find('pre').exists()).toBe(true))

    expect(page.get('pre').attributes('aria-label')).toBe('Towerfile of version 1')
  })

  it('an artifact that can’t be had says why', async () => {
    const { page } = await openApp({
      versions,
      tab: 'versions&v=1',
      on: ({ url }, response) => {
        const isArtifact = url?.endsWith('/artifact') ?? false
        if (isArtifact) {
          json(response, 503, { error: { code: 'unavailable', message: 'the disk is away' } })
        }
        return isArtifact
      },
    })
    await eventually(() => expect(page.find('.download').exists()).toBe(true))

    await page.get('.download').trigger('click')

    await eventually(() => expect(page.get('.details .notice').text()).toBe('the disk is away'))
  })
})

describe('the settings', () => {
  const patching =
    (answer: (response: ServerResponse) => void) =>
    (request: IncomingMessage, response: ServerResponse) => {
      if (request.method === 'PATCH') {
        answer(response)
      }
      return request.method === 'PATCH'
    }

  it('ask once before an app is disabled, and keep asking while that fails', async () => {
    let isFailing = true
    const { page, requests } = await openApp({
      tab: 'settings',
      on: patching((response) =>
        isFailing
          ? json(response, 503, { error: { code: 'unavailable', message: 'try again' } })
          : json(response, 200, anApp({ disabled: true })),
      ),
    })
    await eventually(() => expect(page.find('.switch').exists()).toBe(true))
    await page.get('.switch').trigger('click')
    expect(requests.some(({ method }) => method === 'PATCH')).toBe(false)

    await body.get('.dialog .button-danger').trigger('click')
    await eventually(() => expect(body.get('.dialog .notice').text()).toBe('try again'))
    isFailing = false
    await body.get('.dialog .button-danger').trigger('click')

    await eventually(() => expect(page.get('.switch').text()).toBe('Enable'))
    expect(body.find('.dialog').exists()).toBe(false)
  })

  it('tell a member why nothing can be changed', async () => {
    const { page } = await openApp({ tab: 'settings', role: 'member' })

    await eventually(() => expect(page.text()).toContain('Only an admin of the team'))

    expect(page.get('.switch').attributes('disabled')).toBeDefined()
    expect(page.get('fieldset').attributes('disabled')).toBeDefined()
  })
})

describe('a drop anywhere on the page', () => {
  /** What jsdom lacks of a drag with this file. */
  function drag(type: string, items: object[]): Event {
    const event = new Event(type, { bubbles: true, cancelable: true })
    return Object.assign(event, { dataTransfer: { types: ['Files'], items } })
  }
  const item = (file: File, isDirectory = false) => ({
    webkitGetAsEntry: () => ({ isDirectory }),
    getAsFile: () => file,
  })

  it('opens the upload with the file, and sends nothing yet', async () => {
    const { requests } = await openApp({})
    const file = item(new File(['x'], 'hello.tar.gz'))

    window.dispatchEvent(drag('dragenter', [file]))
    await flushPromises()
    expect(body.text()).toContain('Drop to upload a version of hello')
    window.dispatchEvent(drag('drop', [file]))

    await eventually(() => expect(body.find('.dialog .file').exists()).toBe(true))
    expect(body.get('.dialog .file').text()).toContain('hello.tar.gz')
    expect(body.text()).not.toContain('Drop to upload')
    expect(requests.some(({ method }) => method === 'POST')).toBe(false)
  })

  it('a folder is told apart', async () => {
    await openApp({})

    window.dispatchEvent(drag('drop', [item(new File([], 'hello'), true)]))

    await eventually(() =>
      expect(body.get('.dialog .notice').text()).toContain('minitower-cli package'),
    )
  })
})
