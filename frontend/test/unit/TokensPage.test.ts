import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import type { Token } from '../../src/api/types'
import TokensPage from '../../src/pages/TokensPage.vue'
import { router } from '../../src/router'
import { buttonOf, find, mountPage, signedInAs, until } from './mountPage'
import { json, serve } from './scriptedServer'

function aToken(given: Partial<Token> = {}): Token {
  return {
    token_id: 4,
    name: 'nightly',
    role: 'member',
    created_at: '2026-02-08T12:00:00.000Z',
    current: false,
    ...given,
  }
}

function serveTokens(tokens: Token[]) {
  return serve((request, response) => {
    if (request.method === 'POST') {
      json(response, 201, { token_id: 9, token: 'mtk_value', name: 'new', role: 'member' })
    } else if (request.method === 'DELETE') {
      response.writeHead(204).end()
    } else {
      json(response, 200, { tokens })
    }
  })
}

it('a new token’s value is shown once, and is gone with the dialog', async () => {
  signedInAs('admin')
  const { requests } = await serveTokens([aToken()])
  await mountPage(TokensPage, '/settings/tokens?new=1')

  const name = await find<HTMLInputElement>('input[name=name]')
  name.value = 'new'
  name.dispatchEvent(new Event('input'))
  name.form?.requestSubmit()

  expect((await find('[data-token]')).textContent).toBe('mtk_value')
  buttonOf('Done').click()
  await until(() => expect(document.body.textContent).not.toContain('mtk_value'))
  await router.push('/settings/tokens?new=1')
  await find('input[name=name]')
  expect(document.body.innerHTML).not.toContain('mtk_value')
  expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

it('a member is not asked for a role', async () => {
  signedInAs('member')
  await serveTokens([aToken()])
  await mountPage(TokensPage, '/settings/tokens?new=1')

  await find('input[name=name]')
  expect(document.querySelector('input[name=role]')).toBeNull()
  expect(document.body.textContent).not.toContain('Team password')
})

it('whoever revokes the token in use is told before, and signed out with a word', async () => {
  const session = signedInAs('admin')
  const { requests } = await serveTokens([aToken({ token_id: 7, current: true })])
  const page = await mountPage(TokensPage, '/settings/tokens')
  await until(() => expect(page.text()).toContain('This session'))

  buttonOf('Revoke').click()
  expect((await find('[role=alertdialog]')).textContent).toContain('you will be signed out at once')
  expect(session.isSignedIn).toBe(true)
  buttonOf('Revoke and sign out').click()

  await until(() => expect(router.currentRoute.value.name).toBe('login'))
  expect(session.isSignedIn).toBe(false)
  expect(session.notice).toContain('You revoked the token')
  expect(requests.map(({ method, url }) => `${method} ${url}`)).toContain('DELETE /api/v1/tokens/7')
})

it('revoking another token leaves the session alone', async () => {
  const session = signedInAs('admin')
  await serveTokens([aToken()])
  const page = await mountPage(TokensPage, '/settings/tokens')
  await until(() => expect(page.text()).toContain('nightly'))

  buttonOf('Revoke').click()
  await find('[role=alertdialog]')
  buttonOf('Revoke token').click()

  await until(() => expect(document.querySelector('[role=alertdialog]')).toBeNull())
  expect(session.isSignedIn).toBe(true)
})

it('revoked tokens are folded away', async () => {
  signedInAs('admin')
  const revoked_at = '2026-02-09T12:00:00.000Z'
  await serveTokens([aToken(), aToken({ token_id: 3, name: 'of-old', revoked_at })])
  const page = await mountPage(TokensPage, '/settings/tokens')
  await until(() => expect(page.text()).toContain('nightly'))
  expect(page.text()).not.toContain('of-old')

  buttonOf('Show revoked (1)').click()
  await flushPromises()

  expect(page.text()).toContain('of-old')
})

it('a wrong current password is said beside its field', async () => {
  signedInAs('admin')
  await serve((request, response) => {
    if (request.url?.endsWith('/teams/password')) {
      const message = 'current_password is not the team’s password'
      json(response, 403, { error: { code: 'forbidden', message } })
    } else {
      json(response, 200, { tokens: [] })
    }
  })
  const page = await mountPage(TokensPage, '/settings/tokens')

  await page.get('input[name=current_password]').setValue('wrong')
  await page.get('input[name=new_password]').setValue('better horse')
  await page.get('form').trigger('submit')

  await until(() => expect(page.text()).toContain('is not the team’s password'))
  expect(page.get('input[name=current_password]').attributes('aria-invalid')).toBe('true')
  expect(page.get('input[name=new_password]').attributes('aria-invalid')).toBeUndefined()
})
