import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { mount } from '@vue/test-utils'
import type { ServerResponse } from 'node:http'
import { afterEach, expect, it, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import type { Run } from '../../src/api/types'
import { useLiveTeam } from '../../src/queries/live'
import { forgetRuns, heardSince } from '../../src/queries/recentRuns'
import { useRunList } from '../../src/queries/runList'
import { aRun } from './samples'
import { json, serve } from './scriptedServer'

afterEach(() => forgetRuns())

const event = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`

/** A page with the list of all runs, kept live; the stream is the test's, and so are answers that are held. */
async function openList(listed: () => Run[], held?: (() => void)[]) {
  const streams: ServerResponse[] = []
  const server = await serve((request, response) => {
    if (request.url === '/api/v1/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      response.write(event('hello', {}))
      streams.push(response)
    } else {
      const answer = () => json(response, 200, { runs: listed() })
      if (held) held.push(answer)
      else answer()
    }
  })
  const wanted = ref(true)
  const List = defineComponent(() => {
    useLiveTeam(wanted)
    const { runs } = useRunList({ statuses: [] })
    return () => h('p', runs.value.map((run) => `${run.run_id}:${run.status}`).join(' '))
  })
  const client = new QueryClient()
  const page = mount(List, { global: { plugins: [[VueQueryPlugin, { queryClient: client }]] } })
  await vi.waitFor(() => expect(streams).toHaveLength(1))
  return { page, streams, server, client, wanted }
}

it('a run that is told of appears in the list, and changes there', async () => {
  const { page, streams } = await openList(() => [aRun({ run_id: 1, status: 'completed' })])
  await vi.waitFor(() => expect(page.text()).toBe('1:completed'))

  streams[0]?.write(event('run', aRun({ run_id: 2, status: 'queued' })))
  await vi.waitFor(() => expect(page.text()).toBe('2:queued 1:completed'))
  streams[0]?.write(event('run', aRun({ run_id: 2, status: 'running' })))

  await vi.waitFor(() => expect(page.text()).toBe('2:running 1:completed'))
  page.unmount()
})

it('an answer that is older than an end does not bring the run back to life', async () => {
  const { page, streams, client } = await openList(() => [aRun({ run_id: 1, status: 'running' })])
  await vi.waitFor(() => expect(page.text()).toBe('1:running'))
  streams[0]?.write(event('run', aRun({ run_id: 1, status: 'failed' })))
  await vi.waitFor(() => expect(page.text()).toBe('1:failed'))

  await client.refetchQueries()

  expect(page.text()).toBe('1:failed')
  page.unmount()
})

it('what happened while there was no stream is read from the list', async () => {
  let listed = [aRun({ run_id: 1, status: 'running' })]
  const { page, streams } = await openList(() => listed)
  await vi.waitFor(() => expect(page.text()).toBe('1:running'))

  listed = [aRun({ run_id: 2, status: 'queued' }), aRun({ run_id: 1, status: 'completed' })]
  streams[0]?.destroy()

  await vi.waitFor(() => expect(page.text()).toBe('2:queued 1:completed'), { timeout: 5_000 })
  page.unmount()
})

it('a run that begins while the list is on its way is in the list', async () => {
  const waiting: (() => void)[] = []
  const { page, streams } = await openList(
    () => [aRun({ run_id: 1, status: 'completed' })],
    waiting,
  )
  await vi.waitFor(() => expect(waiting).toHaveLength(1))

  streams[0]?.write(event('run', aRun({ run_id: 2, status: 'queued' })))
  await vi.waitFor(() => expect(heardSince(0)).toHaveLength(1))
  waiting.forEach((answer) => answer())

  await vi.waitFor(() => expect(page.text()).toBe('2:queued 1:completed'))
  page.unmount()
})

it('there is a stream only while it is wanted', async () => {
  const { page, streams, server, wanted } = await openList(() => [])
  const closed = new Promise((resolve) => streams[0]?.on('close', resolve))

  wanted.value = false
  await closed
  wanted.value = true

  await vi.waitFor(() => expect(streams).toHaveLength(2))
  expect(server.requests.filter(({ url }) => url === '/api/v1/events')).toHaveLength(2)
  page.unmount()
})
