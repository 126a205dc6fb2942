import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { QueueStats, Run, RunStats } from '../../src/api/types'
// Loaded here, so that no test waits for what the page loads when it is needed.
import '../../src/components/dashboard/HoursChart.vue'
import OverviewPage from '../../src/pages/OverviewPage.vue'
import { createQueryClient } from '../../src/queries/client'
import { router } from '../../src/router'
import { mountPage, signedInAs, until } from './mountPage'
import { aRun } from './samples'
import { json, serve } from './scriptedServer'

// What uPlot draws needs a canvas, which jsdom has none of: the browser tests look at it.
vi.mock('uplot', () => ({
  default: class {
    static pxRatio = 1
    static paths = {}
    bbox = { left: 40, top: 10, width: 240, height: 180 }
    setData() {}
    setSize() {}
    redraw() {}
    destroy() {}
  },
}))

beforeEach(() => {
  const nothing = () => undefined
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: nothing,
    removeEventListener: nothing,
  }))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = nothing
      disconnect = nothing
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

interface World {
  runs: Run[]
  failures: Run[]
  queue: QueueStats['environments']
  hours: RunStats['hours']
  apps: object[]
  isDown: boolean
}

function aWorld(given: Partial<World> = {}): World {
  return { runs: [], failures: [], queue: [], hours: [], apps: [], isDown: false, ...given }
}

function answer(world: World) {
  return (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://host')
    if (world.isDown) {
      json(response, 503, { error: { code: 'unavailable', message: 'The disk is full.' } })
      return
    }
    const answers: Record<string, unknown> = {
      '/stats/queue': { environments: world.queue },
      '/stats/runs': { hours: world.hours },
      '/runs/summary': { total_runs: world.runs.length },
      '/runs': { runs: searchParams.has('status') ? world.failures : world.runs },
      '/apps': { apps: world.apps },
    }
    json(response, 200, answers[pathname.replace('/api/v1', '')])
  }
}

const DEFAULT = { environment: 'default', queued_runs: 0, active_runs: 0, runners_online: 1 }

it('a failed run is one click away, with its reason', async () => {
  signedInAs('member')
  const failed = aRun({
    run_id: 9,
    status: 'failed',
    exit_code: 3,
    error_message: 'no such table: accounts',
    finished_at: new Date().toISOString(),
  })
  const world = aWorld({ runs: [failed], failures: [failed], queue: [DEFAULT] })
  await serve(answer(world))

  const page = await mountPage(OverviewPage, '/')

  await until(() => expect(page.text()).toContain('no such table: accounts'))
  await until(() => expect(page.text()).toContain('1 run failed in the last hour.'))
  const links = page.findAll('a[data-row]').map((link) => link.attributes('href'))
  expect(links).toContain('/runs/9')
})

it('counts lead to what they count', async () => {
  signedInAs('member')
  const queued = {
    oldest_queued_at: new Date(Date.now() - 60_000).toISOString(),
    queued_runs: 1200,
  }
  const hour = { hour: new Date().toISOString(), completed: 9, failed: 1, cancelled: 2, dead: 0 }
  const world = aWorld({
    runs: [aRun()],
    queue: [
      { ...DEFAULT, ...queued, active_runs: 3 },
      { ...DEFAULT, environment: 'gpu', runners_online: 0 },
    ],
    hours: [hour],
  })
  await serve(answer(world))

  const page = await mountPage(OverviewPage, '/')

  await until(() => expect(page.text()).toContain('90 % succeeded'))
  const tiles = page.findAll('.tile')
  expect(tiles.map((tile) => tile.get('.value').text())).toEqual([
    '3',
    (1200).toLocaleString(),
    '1',
    '12',
  ])
  expect(tiles[1]?.text()).toContain('The oldest for 1 m 0')
  expect(tiles[2]?.text()).toContain('In 1 of 2 environments')
  expect(tiles[1]?.attributes('href')).toBe('/runs?status=queued')
  const cells = page.findAll('.visually-hidden td').map((cell) => cell.text())
  expect(cells).toEqual(['9', '2', '1', '0'])
})

it('the chart is read with the arrow keys, and leads to the runs of an hour', async () => {
  signedInAs('member')
  const hours = [
    { hour: '2026-02-08T14:00:00.000Z', completed: 2, failed: 1, cancelled: 0, dead: 0 },
    { hour: '2026-02-08T15:00:00.000Z', completed: 0, failed: 0, cancelled: 0, dead: 0 },
  ]
  await serve(answer(aWorld({ runs: [aRun()], queue: [DEFAULT], hours })))
  const page = await mountPage(OverviewPage, '/')
  const chart = await until(() => page.get<HTMLElement>('[role=slider]'))

  chart.element.focus()
  await chart.trigger('keydown', { key: 'End' })
  expect(chart.attributes('aria-valuetext')).toContain('no run ended')
  await chart.trigger('keydown', { key: 'ArrowLeft' })
  expect(chart.attributes('aria-valuetext')).toContain('2 completed, 1 failed')
  await chart.trigger('keydown', { key: 'ArrowLeft' })
  expect(chart.attributes('aria-valuenow')).toBe('1')

  const push = vi.spyOn(router, 'push').mockResolvedValue(undefined)
  await chart.trigger('keydown', { key: 'Enter' })
  expect(push).toHaveBeenCalledWith({ name: 'runs', query: { status: 'dead,failed' } })
})

it('says in the server’s words what could not be loaded, and asks again', async () => {
  signedInAs('member')
  const world = aWorld({ runs: [aRun()], queue: [DEFAULT], isDown: true })
  await serve(answer(world))
  const page = await mountPage(OverviewPage, '/')
  await until(() => expect(page.findAll('.failed button:enabled')).toHaveLength(5))
  expect(page.text()).toContain('The queue could not be loaded')
  expect(page.text()).toContain('The disk is full.')
  expect(page.text()).not.toContain('Nothing waits long')

  world.isDown = false
  for (const button of page.findAll('.failed button')) {
    await button.trigger('click')
  }

  await until(() => expect(page.text()).toContain('Nothing waits long'))
  await until(() => expect(page.text()).not.toContain('could not be loaded'))
})

it('a new team sees its first steps, ticked by what is there, and then its first run', async () => {
  signedInAs('admin')
  const world = aWorld({ queue: [DEFAULT], apps: [{ slug: 'hello', latest_version_no: 1 }] })
  await serve(answer(world))

  const client = createQueryClient()
  const page = await mountPage(OverviewPage, '/', client)

  await until(() => expect(page.findAll('.step.done')).toHaveLength(2))
  expect(page.get('[aria-current=step]').text()).toContain('minitower-cli runs create hello')
  expect(page.text()).not.toContain('Latest runs')

  await until(() => expect(client.isFetching()).toBe(0))
  world.runs = [aRun({ run_id: 1, run_no: 1 })]
  await client.invalidateQueries()

  await until(() => expect(page.findAll('.step.done')).toHaveLength(3))
  expect(page.text()).toContain('Your first run is here')
  expect(page.get('.step a[data-row]').attributes('href')).toBe('/runs/1')
  expect(page.text()).toContain('Latest runs')
})

it('without a runner or an app, the first step is the runner’s', async () => {
  signedInAs('admin')
  const world = aWorld({ queue: [{ ...DEFAULT, runners_online: 0 }] })
  await serve(answer(world))

  const page = await mountPage(OverviewPage, '/')

  await until(() => expect(page.get('[aria-current=step]').text()).toContain('Start a runner'))
  expect(page.get('[aria-current=step]').text()).toContain('MINITOWER_SERVER_URL=')
})
