import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import type { Runner } from '../../src/api/types'
import { filterRunners } from '../../src/domain/runners'
import RunnersPage from '../../src/pages/RunnersPage.vue'
import { mountPage, signedInAs, until } from './mountPage'
import { json, serve } from './scriptedServer'

function aRunner(given: Partial<Runner> = {}): Runner {
  return {
    runner_id: 1,
    name: 'build-1',
    environment: 'default',
    status: 'online',
    max_concurrent: 4,
    active_runs: 3,
    registered_at: '2026-02-08T12:00:00.000Z',
    state: 'working',
    ...given,
  }
}

const SOME = [
  aRunner(),
  aRunner({ runner_id: 2, name: 'build-2', status: 'offline', state: 'paused' }),
  aRunner({
    runner_id: 3,
    name: 'gpu',
    state: 'paused',
    state_reason: 'the disk is full',
    labels: { zone: 'eu-1' },
  }),
]

it('a member is told why there is nothing to see, and nothing is asked', async () => {
  signedInAs('member')
  const { requests } = await serve((_, response) => json(response, 403, {}))

  const page = await mountPage(RunnersPage, '/admin/runners')
  await flushPromises()

  expect(page.text()).toContain('Only admins see the runners')
  expect(requests).toHaveLength(0)
})

it('an admin sees all pages of them, with state, reason and slots in words', async () => {
  signedInAs('admin')
  await serve((request, response) => {
    const isSecond = request.url?.includes('cursor=more')
    json(response, 200, {
      runners: isSecond ? SOME.slice(2) : SOME.slice(0, 2),
      next_cursor: isSecond ? undefined : 'more',
    })
  })

  const page = await mountPage(RunnersPage, '/admin/runners')

  await until(() => expect(page.findAll('tbody tr')).toHaveLength(3))
  const rows = page.findAll('tbody tr').map((row) => row.text())
  expect(rows[0]).toContain('Online')
  expect(rows[0]).toContain('3 / 4')
  expect(rows[1]).toContain('Offline')
  expect(rows[2]).toContain('Paused')
  expect(rows[2]).toContain('the disk is full')
})

it('the filter is the address’s', async () => {
  signedInAs('admin')
  await serve((_, response) => json(response, 200, { runners: SOME }))

  const page = await mountPage(RunnersPage, '/admin/runners?state=paused&q=GPU')

  await until(() => expect(page.findAll('tbody tr')).toHaveLength(1))
  expect(page.get('tbody').text()).toContain('gpu')
})

it('without any, the command to start one is there', async () => {
  signedInAs('admin')
  await serve((_, response) => json(response, 200, { runners: [] }))

  const page = await mountPage(RunnersPage, '/admin/runners')

  await until(() => expect(page.text()).toContain('No runner yet'))
  expect(page.text()).toContain(`MINITOWER_SERVER_URL=${location.origin}`)
})

it('a failure is in the server’s words, and can be tried again', async () => {
  signedInAs('admin')
  let isDown = true
  await serve((_, response) => {
    if (isDown) {
      json(response, 503, { error: { code: 'unavailable', message: 'The disk is full.' } })
    } else {
      json(response, 200, { runners: SOME })
    }
  })
  const page = await mountPage(RunnersPage, '/admin/runners')
  await until(() => expect(page.text()).toContain('The disk is full.'))

  isDown = false
  await page.get('button').trigger('click')

  await until(() => expect(page.text()).toContain('build-1'))
})

it('a filter looks through labels and reasons, word by word', () => {
  const names = (text: string) => filterRunners(SOME, text, null).map(({ name }) => name)

  expect(names('zone=eu')).toEqual(['gpu'])
  expect(names('disk build')).toEqual([])
  expect(names('build default')).toEqual(['build-1', 'build-2'])
  expect(filterRunners(SOME, '', 'paused').map(({ name }) => name)).toEqual(['gpu'])
})
