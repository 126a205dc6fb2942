import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import type { IncomingMessage } from 'node:http'
import LoginPage from '../../src/pages/LoginPage.vue'
import { createQueryClient } from '../../src/queries/client'
import { router } from '../../src/router'
import { useSessionStore } from '../../src/stores/session'
import { json, serve, type Handler } from './scriptedServer'

const TOKEN = { team_id: 1, slug: 'data-team', token: 'mtk_1', token_id: 4, role: 'admin' }

beforeEach(() => {
  vi.spyOn(window, 'scrollTo').mockReturnValue() // jsdom has none
  sessionStorage.clear()
  localStorage.clear()
  setActivePinia(createPinia())
})

async function openLogin(signupEnabled: boolean, answer: Handler, address = '/login') {
  await serve((request, response) => {
    if (request.url === '/api/v1/auth/options') {
      json(response, 200, { signup_enabled: signupEnabled, bootstrap_enabled: false })
    } else {
      answer(request, response)
    }
  })
  await router.push(address)
  const plugins = [router, [VueQueryPlugin, { queryClient: createQueryClient() }] as const]
  return mount(LoginPage, { global: { plugins: plugins as never } })
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) {
    chunks.push(chunk as Buffer)
  }
  return JSON.parse(Buffer.concat(chunks).toString())
}

it('signs in and leads back to where one was', async () => {
  let sent: unknown
  const page = await openLogin(
    false,
    async (request, response) => {
      sent = await bodyOf(request)
      json(response, 201, TOKEN)
    },
    '/login?next=/nowhere?x=1',
  )
  await page.get('input[name=slug]').setValue('data-team')
  await page.get('input[name=password]').setValue('correct horse')

  await page.get('form').trigger('submit')

  await vi.waitFor(() => expect(router.currentRoute.value.fullPath).toBe('/nowhere?x=1'))
  expect(sent).toEqual({ slug: 'data-team', password: 'correct horse' })
  expect(useSessionStore().token).toBe('mtk_1')
})

it('is not sent twice while it is under way', async () => {
  let sent = 0
  const page = await openLogin(false, () => void sent++)

  await page.get('form').trigger('submit')
  await page.get('form').trigger('submit')

  await vi.waitFor(() => expect(sent).toBe(1))
  await flushPromises()
  expect(page.get('button[type=submit]').attributes('disabled')).toBeDefined()
  expect(sent).toBe(1)
})

it('a closed server offers no sign-up', async () => {
  const page = await openLogin(false, () => undefined)

  await flushPromises()

  expect(page.text()).not.toContain('No team yet?')
})

it('an open server lets one create a team and says on the field what is wrong with it', async () => {
  let path: string | undefined
  const page = await openLogin(true, (request, response) => {
    path = request.url
    json(response, 400, {
      error: {
        code: 'invalid_slug',
        message: 'The request is wrong.',
        details: [{ field: 'slug', message: 'must not be admin' }],
      },
    })
  })
  await vi.waitFor(() => expect(page.text()).toContain('No team yet?'))

  await page.get('.text-button').trigger('click')
  await page.get('input[name=slug]').setValue('admin')
  await page.get('form').trigger('submit')

  await vi.waitFor(() => expect(page.text()).toContain('must not be admin'))
  expect(path).toBe('/api/v1/teams/signup')
  expect(page.get('input[name=slug]').attributes('aria-invalid')).toBe('true')
  expect(useSessionStore().isSignedIn).toBe(false)
})
