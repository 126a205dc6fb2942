import { VueQueryPlugin } from '@tanstack/vue-query'
import { DOMWrapper, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { NewRun, Version } from '../../src/api/types'
import StartRunDialog from '../../src/components/apps/StartRunDialog.vue'
import { createQueryClient } from '../../src/queries/client'
import { router } from '../../src/router'
import { useSessionStore } from '../../src/stores/session'
import { eventually } from './eventually'
import { aRun, aVersion } from './samples'
import { json, serve } from './scriptedServer'

interface Sent {
  body: NewRun
  key: string | undefined
}

type Answer = (response: ServerResponse, sent: Sent) => void

const PARAMS = {
  type: 'object',
  properties: {
    DAY: { type: 'string', description: 'The day to report on' },
    COUNT: { type: 'integer', default: 3 },
  },
}
const started: Answer = (response) => json(response, 201, aRun({ run_id: 42 }))
const body = new DOMWrapper(document.body)
const field = (name: string) => body.get(`.dialog [name="${name}"]`)
const submit = () => body.get('.dialog form').trigger('submit')
const problems = () => body.findAll('.dialog .problem').map((element) => element.text())

beforeEach(async () => {
  vi.spyOn(window, 'scrollTo').mockReturnValue() // jsdom has none
  setActivePinia(createPinia())
  useSessionStore().begin(
    { team_id: 1, slug: 'data-team', token: 'mtk_1', token_id: 4, role: 'admin' },
    false,
  )
  await router.push('/settings/tokens')
})

/** Waits until the form, or what stands in its place, is there. */
async function openDialog(
  versions: Version[],
  answer: Answer = started,
  props: { input?: Record<string, unknown>; versionNo?: number } = {},
) {
  const sent: Sent[] = []
  await serve(async (request, response) => {
    const no = /\/versions\/(\d+)$/.exec(request.url ?? '')?.[1]
    if (request.method === 'POST') {
      sent.push({ body: (await bodyOf(request)) as NewRun, key: keyOf(request) })
      answer(response, sent.at(-1) as Sent)
    } else if (no !== undefined) {
      json(response, 200, aVersion({ version_id: 99, version_no: Number(no) }))
    } else {
      json(response, 200, { versions })
    }
  })
  const client = createQueryClient()
  const dialog = mount(StartRunDialog, {
    props: { app: 'hello', open: true, ...props },
    global: { plugins: [router, [VueQueryPlugin, { queryClient: client }]] as never },
    attachTo: document.body,
  })
  onTestFinished(() => dialog.unmount())
  await eventually(() =>
    expect(body.find('.dialog [type=submit], .dialog .empty').exists()).toBe(true),
  )
  return { sent, client, dialog }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) {
    chunks.push(chunk as Buffer)
  }
  return JSON.parse(Buffer.concat(chunks).toString())
}

const keyOf = ({ headers }: IncomingMessage) => headers['idempotency-key'] as string | undefined

const withParams = (given: Partial<Version> = {}) => aVersion({ params_schema: PARAMS, ...given })

it('sends what was typed, of the version it shows, and leads to the run', async () => {
  const { sent, dialog } = await openDialog([withParams({ version_no: 7 })])
  await field('DAY').setValue('2026-02-08')
  await field('priority').setValue('-5')

  await submit()

  await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/runs/42'))
  expect(sent.map((request) => request.body)).toEqual([
    { version_no: 7, input: { DAY: '2026-02-08', COUNT: 3 }, priority: -5 },
  ])
  expect(sent[0]?.key).toMatch(/^[0-9a-f]{32}$/)
  expect(dialog.emitted('update:open')).toEqual([[false]])
})

describe('what is wrong', () => {
  it('stands on its field, and nothing is sent', async () => {
    const { sent } = await openDialog([withParams()])
    await field('COUNT').setValue('three')
    await field('max_retries').setValue('101')
    expect(problems()).toEqual([])

    await submit()
    await flushPromises()

    expect(problems()).toEqual(['Must be a whole number, such as 12.'])
    expect(field('COUNT').attributes('aria-invalid')).toBe('true')
    expect(body.text()).toContain('Must be a whole number from 0 to 100.')
    expect(body.get('details').attributes('open')).toBeDefined()
    expect(document.activeElement).toBe(field('COUNT').element)
    expect(sent).toHaveLength(0)
  })

  it('is said when one leaves the field', async () => {
    await openDialog([withParams()])
    await field('COUNT').setValue('three')
    await field('COUNT').trigger('blur')

    expect(problems()).toHaveLength(1)
    await field('COUNT').setValue('4')
    expect(problems()).toEqual([])
  })

  it('the server’s words stand on the field until it is changed', async () => {
    await openDialog([withParams()], (response) =>
      json(response, 400, {
        error: {
          code: 'invalid_request',
          message: 'input.DAY: must be a day',
          details: [
            { field: 'input.DAY', message: 'must be a day' },
            { field: 'priority', message: 'must not be so high' },
            { field: 'input.GONE', message: 'must go' },
          ],
        },
      }),
    )

    await submit()

    await eventually(() => expect(problems()).toEqual(['must be a day']))
    expect(body.text()).toContain('must not be so high')
    expect(body.get('.dialog .notice').text()).toBe('GONE: must go')
    expect(body.get('.dialog [type=submit]').attributes('disabled')).toBeUndefined()
    await field('DAY').setValue('x')
    expect(problems()).toEqual([])
  })

  it('a refusal of the whole is said above', async () => {
    await openDialog([aVersion()], (response) =>
      json(response, 409, { error: { code: 'app_disabled', message: 'app hello is disabled' } }),
    )

    await submit()

    await eventually(() => expect(body.get('.dialog .notice').text()).toBe('app hello is disabled'))
  })
})

describe('one run', () => {
  it('is not asked for twice while the answer is awaited', async () => {
    const { sent } = await openDialog([withParams()], () => undefined)

    void submit()
    void submit()
    await eventually(() => expect(sent).toHaveLength(1))
    await submit()
    await flushPromises()

    expect(sent).toHaveLength(1)
    expect(body.get('.dialog [type=submit]').attributes('disabled')).toBeDefined()
  })

  it('asked for again after a lost answer has the same key, another input another', async () => {
    const { sent } = await openDialog([withParams()], (response) =>
      sent.length < 4 ? response.destroy() : started(response, sent[0] as Sent),
    )
    const sendAgain = async (count: number) => {
      await submit()
      await eventually(() => {
        expect(sent).toHaveLength(count)
        expect(body.get('.dialog [type=submit]').attributes('disabled')).toBeUndefined()
      })
    }

    await sendAgain(1)
    expect(body.get('.dialog .notice').text()).toContain('Starting again is safe')
    await sendAgain(2)
    await field('DAY').setValue('other')
    await sendAgain(3)
    await field('DAY').setValue('')
    await submit()

    await eventually(() => expect(sent).toHaveLength(4))
    const [first, second, third, fourth] = sent.map(({ key, body: { input } }) => ({ key, input }))
    expect(second).toEqual(first)
    expect(third?.key).not.toBe(first?.key)
    // A text that was typed and cleared again is not given, as at first.
    expect(fourth).toEqual(first)
  })
})

it('a version without parameters says so calmly and sends no input', async () => {
  const { sent } = await openDialog([aVersion()])
  expect(body.get('.dialog').text()).toContain('This version takes no input.')

  await submit()

  await eventually(() => expect(sent).toHaveLength(1))
  expect(sent[0]?.body).toEqual({ version_no: 1 })
})

it('an app without a version says what to do', async () => {
  await openDialog([])

  expect(body.get('.dialog').text()).toContain('minitower-cli deploy')
})

describe('run again', () => {
  const input = { DAY: 'then', COUNT: 9, EXTRA: [1] }

  it('has the input filled in, and the version it had though there is a newer', async () => {
    const { sent } = await openDialog(
      [withParams({ version_id: 2, version_no: 2 }), withParams()],
      started,
      { input, versionNo: 1 },
    )
    expect((field('DAY').element as HTMLInputElement).value).toBe('then')
    expect(body.get('.dialog .notice').text()).toContain('The run was of version 1')

    await submit()

    await eventually(() => expect(sent).toHaveLength(1))
    expect(sent[0]?.body).toEqual({ version_no: 1, input })
  })

  it('lets one take the latest version with the same values', async () => {
    const latest = {
      type: 'object',
      properties: { DAY: { type: 'string' }, NEW: { type: 'boolean', default: true } },
    }
    const { sent } = await openDialog(
      [aVersion({ version_id: 2, version_no: 2, params_schema: latest }), withParams()],
      started,
      { input, versionNo: 1 },
    )
    await field('DAY').setValue('now')

    await body.get('.dialog .notice button').trigger('click')
    expect(body.get('.dialog .notice').text()).toContain('Use version 1')
    await submit()

    await eventually(() => expect(sent).toHaveLength(1))
    expect(sent[0]?.body).toEqual({
      version_no: 2,
      input: { DAY: 'now', NEW: true, COUNT: 9, EXTRA: [1] },
    })
  })

  it('asks for a version that is too old for the list', async () => {
    const { sent } = await openDialog([withParams({ version_no: 80 })], started, { versionNo: 3 })
    expect(body.get('.dialog').text()).toContain('version 80 is the latest')

    await submit()

    await eventually(() => expect(sent).toHaveLength(1))
    expect(sent[0]?.body).toEqual({ version_no: 3 })
  })
})

it('a version deployed while one types doesn’t change the form', async () => {
  const versions = [withParams({ version_no: 4 })]
  const { sent, client } = await openDialog(versions)
  await field('DAY').setValue('mine')

  versions.unshift(aVersion({ version_id: 5, version_no: 5 }))
  await client.invalidateQueries()

  await eventually(() => expect(body.text()).toContain('version 5 is the latest'))
  await submit()
  await eventually(() => expect(sent).toHaveLength(1))
  expect(sent[0]?.body).toEqual({ version_no: 4, input: { DAY: 'mine', COUNT: 3 } })
})

describe('as JSON', () => {
  const toggle = () => body.get('.dialog .bar button').trigger('click')

  it('takes over what was typed, says the line of an error, and sends what it is', async () => {
    const { sent } = await openDialog([withParams()])
    await field('DAY').setValue('mine')
    await toggle()
    expect(JSON.parse((field('input').element as HTMLTextAreaElement).value)).toEqual({
      DAY: 'mine',
      COUNT: 3,
    })

    await field('input').setValue('{\n "MORE": [1,]\n}')
    await submit()
    expect(problems()).toEqual(['Line 2, column 13: a value is expected here'])
    await toggle()
    expect(problems()).toHaveLength(1)
    expect(sent).toHaveLength(0)

    await field('input').setValue('{"MORE": [1]}')
    await submit()
    await eventually(() => expect(sent).toHaveLength(1))
    expect(sent[0]?.body.input).toEqual({ MORE: [1] })
  })

  it('goes back into the fields', async () => {
    await openDialog([withParams()])
    await toggle()
    await field('input').setValue('{"DAY": "from JSON"}')

    await toggle()

    expect((field('DAY').element as HTMLInputElement).value).toBe('from JSON')
  })
})
