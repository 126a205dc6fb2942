import { VueQueryPlugin } from '@tanstack/vue-query'
import { DOMWrapper, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import type { ServerResponse } from 'node:http'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import UploadDialog from '../../src/components/apps/UploadDialog.vue'
import { createQueryClient } from '../../src/queries/client'
import { router } from '../../src/router'
import { eventually } from './eventually'
import { aVersion } from './samples'
import { serve } from './scriptedServer'

const body = new DOMWrapper(document.body)
const packed = new File([new Uint8Array(200_000)], 'hello.tar.gz')

beforeEach(() => {
  vi.spyOn(window, 'scrollTo').mockReturnValue() // jsdom has none
  setActivePinia(createPinia())
})

/** `answer` is called once the whole body has come. */
async function openDialog(answer: (response: ServerResponse) => void, files: File[] = [packed]) {
  const { requests } = await serve((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end()
    } else {
      request.resume().on('end', () => answer(response))
    }
  })
  const dialog = mount(UploadDialog, {
    props: { app: 'hello', dropped: files, canStart: true, open: false },
    global: { plugins: [router, [VueQueryPlugin, { queryClient: createQueryClient() }]] as never },
    attachTo: document.body,
  })
  onTestFinished(() => dialog.unmount())
  await dialog.setProps({ open: true })
  const posts = () => requests.filter(({ method }) => method === 'POST').length
  return { dialog, posts }
}

const text = () => body.get('.dialog').text()
const submit = () => body.get('.dialog form').trigger('submit')

function reply(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
}

it('sends the dropped file when told to, and leads to the version', async () => {
  const { dialog, posts } = await openDialog((response) =>
    reply(response, 201, aVersion({ version_no: 4 })),
  )
  expect(text()).toContain('hello.tar.gz')
  expect(posts()).toBe(0)

  await submit()

  await eventually(() => expect(text()).toContain('v4'))
  expect(body.get('.dialog .done a').attributes('href')).toContain('tab=versions&v=4')
  await body.get('.dialog .button-primary').trigger('click')
  expect(dialog.emitted('start')).toHaveLength(1)
})

it('is under way once, can’t be closed by accident, and can be stopped', async () => {
  const { dialog, posts } = await openDialog(() => undefined)
  void submit()
  await submit()
  await eventually(() => expect(posts()).toBe(1))

  await submit()
  await body.get('.dialog [title=Close]').trigger('click')

  expect(dialog.emitted('update:open')).toBeUndefined()
  expect(posts()).toBe(1)
  await body.get('.dialog .dialog-actions .button').trigger('click')
  await eventually(() => expect(text()).toContain('The upload was stopped.'))
  expect(body.get('.dialog [type=submit]').attributes('disabled')).toBeUndefined()
})

it('a refusal stands there in the server’s words with all its details', async () => {
  await openDialog((response) =>
    reply(response, 400, {
      error: {
        code: 'towerfile_invalid',
        message: 'the Towerfile is wrong',
        details: [{ field: 'app.script', message: 'line 3, column 10: must end in .py or .sh' }],
      },
    }),
  )

  await submit()

  await eventually(() => expect(text()).toContain('the Towerfile is wrong'))
  expect(text()).toContain('app.script: line 3, column 10: must end in .py or .sh')
  expect(text()).toContain('hello.tar.gz')
})

it('what is no artifact is not sent', async () => {
  const { posts } = await openDialog(() => undefined, [new File(['x'], 'main.py')])

  expect(text()).toContain('main.py is no .tar.gz')
  expect(body.get('.dialog [type=submit]').attributes('disabled')).toBeDefined()
  await submit()
  expect(posts()).toBe(0)
})
