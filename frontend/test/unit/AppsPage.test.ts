import { VueQueryPlugin } from '@tanstack/vue-query'
import { DOMWrapper, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { App } from '../../src/api/types'
import AppsPage from '../../src/pages/AppsPage.vue'
import { createQueryClient } from '../../src/queries/client'
import { router } from '../../src/router'
import { useSessionStore } from '../../src/stores/session'
import { eventually } from './eventually'
import { anApp, aRun, finished } from './samples'
import { json, serve } from './scriptedServer'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

const body = new DOMWrapper(document.body)

beforeEach(() => {
  vi.spyOn(window, 'scrollTo').mockReturnValue() // jsdom has none
  setActivePinia(createPinia())
  useSessionStore().begin(
    { team_id: 1, slug: 'data-team', token: 'mtk_1', token_id: 4, role: 'member' },
    false,
  )
})

async function openApps(answer: Answer, address = '/apps') {
  const { requests } = await serve(answer)
  await router.push(address)
  const page = mount(AppsPage, {
    global: { plugins: [router, [VueQueryPlugin, { queryClient: createQueryClient() }]] as never },
    attachTo: document.body,
  })
  onTestFinished(() => page.unmount())
  return { page, urls: () => requests.map(({ method, url }) => `${method} ${url}`) }
}

const listing =
  (...apps: App[]): Answer =>
  (_, response) =>
    json(response, 200, { apps })

describe('the list', () => {
  it('has its size from the first moment', async () => {
    const { page } = await openApps(() => undefined)

    expect(page.get('table').attributes('aria-busy')).toBe('true')
    expect(page.findAll('tbody .skeleton').length).toBeGreaterThan(6)
  })

  it('says of each app how its runs went', async () => {
    const runs = [1, 2, 3]
      .map((no) => finished(no, 'completed', 2))
      .concat(finished(4, 'failed', 1))
    const { page } = await openApps(
      listing(
        anApp({
          slug: 'billing',
          description: 'Exports invoices',
          latest_version_no: 7,
          last_run: aRun({ run_id: 104, run_no: 4, status: 'failed' }),
          recent: { runs, success_rate: 0.75, median_seconds: 2 },
        }),
        anApp({ app_id: 2, slug: 'old', disabled: true, latest_version_no: undefined }),
      ),
    )
    await eventually(() => expect(page.findAll('tbody tr')).toHaveLength(2))

    const [billing, old] = page.findAll('tbody tr')
    expect(billing?.get('.app a').attributes('href')).toBe('/apps/billing')
    expect(billing?.get('.last a').attributes('href')).toBe('/runs/104')
    expect(billing?.text()).toContain('Failed')
    expect(billing?.text()).toContain('v7')
    expect(billing?.get('.rate span').text()).toBe('75 %')
    expect(billing?.get('.rate span').attributes('title')).toBe(
      'Success rate: 3 of the last 4 runs completed',
    )
    expect(billing?.get('svg[role=img]').attributes('aria-label')).toBe(
      'The last 4 runs: 3 completed, 1 failed, typically in 2.0 s',
    )
    expect(billing?.findAll('svg[role=img] circle')).toHaveLength(1)
    expect(billing?.get('.median').text()).toBe('2.0 s')
    expect(old?.text()).toContain('Disabled')
    expect(old?.text()).toContain('No version yet')
  })

  it('marks an app that gets slower', async () => {
    const runs = [1, 1, 1, 1, 4, 4, 4, 4].map((taken, no) => finished(no, 'completed', taken))
    const { page } = await openApps(listing(anApp({ recent: { runs, median_seconds: 2.5 } })))

    await eventually(() => expect(page.find('.slower').exists()).toBe(true))

    expect(page.get('.slower').attributes('title')).toContain('newer runs take 4.0 s')
  })

  it('loads the next page by its cursor', async () => {
    const { page, urls } = await openApps((request, response) =>
      request.url?.includes('cursor=c1')
        ? json(response, 200, { apps: [anApp({ app_id: 2, slug: 'second' })] })
        : json(response, 200, { apps: [anApp()], next_cursor: 'c1' }),
    )
    await eventually(() => expect(page.find('.more button').exists()).toBe(true))

    await page.get('.more button').trigger('click')

    await eventually(() => expect(page.findAll('tbody tr')).toHaveLength(2))
    expect(page.find('.more').exists()).toBe(false)
    expect(urls().at(-1)).toBe('GET /api/v1/apps?stats=true&cursor=c1&limit=50')
  })

  it('empty says what to do next', async () => {
    const { page } = await openApps(listing())

    await eventually(() => expect(page.text()).toContain('There are no apps yet'))

    expect(page.text()).toContain('minitower-cli deploy')
  })

  it('failed says the server’s words and can be asked for again', async () => {
    let isBusy = true
    const { page } = await openApps((_, response) =>
      isBusy
        ? json(response, 503, { error: { code: 'unavailable', message: 'the database is busy' } })
        : json(response, 200, { apps: [anApp()] }),
    )
    await eventually(() => expect(page.text()).toContain('the database is busy'))

    isBusy = false
    await page.get('.failed button').trigger('click')

    await eventually(() => expect(page.findAll('tbody tr')).toHaveLength(1))
  })
})

describe('the filter', () => {
  const byText: Answer = (request, response) => {
    const q = new URL(request.url ?? '', 'http://x').searchParams.get('q') ?? ''
    const all = [anApp(), anApp({ app_id: 2, slug: 'billing' })]
    json(response, 200, { apps: all.filter(({ slug }) => slug.includes(q)) })
  }

  it('is the server’s, and in the address, once typing pauses', async () => {
    const { page, urls } = await openApps(byText)
    await eventually(() => expect(page.findAll('tbody tr')).toHaveLength(2))

    for (const text of ['b', 'bi', 'bil']) {
      await page.get('[data-filter]').setValue(text)
    }

    await eventually(() => expect(page.findAll('tbody tr')).toHaveLength(1))
    expect(router.currentRoute.value.fullPath).toBe('/apps?q=bil')
    expect(urls().filter((url) => url.includes('q='))).toEqual([
      'GET /api/v1/apps?stats=true&q=bil&limit=50',
    ])
  })

  it('comes from the address', async () => {
    const { page } = await openApps(byText, '/apps?q=zzz')

    await eventually(() => expect(page.text()).toContain('contains “zzz”'))
    expect((page.get('[data-filter]').element as HTMLInputElement).value).toBe('zzz')

    await page.get('.empty button').trigger('click')
    await eventually(() => expect(page.findAll('tbody tr')).toHaveLength(2))
    expect(router.currentRoute.value.fullPath).toBe('/apps')
  })

  it('what is typed while the address follows stays', async () => {
    const { page } = await openApps(byText)
    const input = page.get('[data-filter]')
    const unwatch = router.afterEach((to) => {
      if (to.query.q === 'b') {
        unwatch()
        void input.setValue('bill')
      }
    })

    await input.setValue('b')

    await eventually(() => expect(router.currentRoute.value.query.q).toBe('bill'))
    expect((input.element as HTMLInputElement).value).toBe('bill')
  })

  it('goes back and forth', async () => {
    const { page } = await openApps(byText)
    await router.push('/apps?q=bill')
    await flushPromises()

    expect((page.get('[data-filter]').element as HTMLInputElement).value).toBe('bill')
  })
})

describe('creating an app', () => {
  const openForm = async (answer: Answer) => {
    const opened = await openApps((request, response) =>
      request.method === 'POST' ? answer(request, response) : listing()(request, response),
    )
    await opened.page.get('.page-header .button').trigger('click')
    await body.get('.dialog [name=slug]').setValue('nightly')
    return opened
  }

  it('leads to it', async () => {
    await openForm((_, response) => json(response, 201, anApp({ slug: 'nightly' })))

    await body.get('.dialog form').trigger('submit')

    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/apps/nightly'))
  })

  it.each([
    [
      'a wrong name',
      400,
      {
        code: 'invalid_slug',
        message: 'slug: must be short',
        details: [{ field: 'slug', message: 'must be short' }],
      },
      'must be short',
    ],
    [
      'a taken name',
      409,
      { code: 'slug_taken', message: 'the name nightly is taken' },
      'the name nightly is taken',
    ],
  ])('says at the field what the server says against %s', async (_, status, error, words) => {
    await openForm((__, response) => json(response, status, { error }))

    await body.get('.dialog form').trigger('submit')

    await eventually(() => expect(body.get('.dialog .note.tone-bad').text()).toBe(words))
    expect(body.find('.dialog .notice').exists()).toBe(false)
  })
})
