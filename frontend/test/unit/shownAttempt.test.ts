import { expect, it, onTestFinished } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import type { Run } from '../../src/api/types'
import { useShownAttempt } from '../../src/composables/useShownAttempt'
import { anAttempt, aRun } from './samples'

function shownOf(attempts: number) {
  const withAttempts = (count: number) =>
    aRun({ attempts: Array.from({ length: count }, (_, i) => anAttempt({ attempt_no: i + 1 })) })
  const run = shallowRef<Run | undefined>(withAttempts(attempts))
  const named = ref<number>()
  const following = ref(true)
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const shown = scope.run(() => useShownAttempt(run, named, following))
  const retry = async () => {
    run.value = withAttempts((run.value?.attempts?.length ?? 0) + 1)
    await nextTick()
  }
  const name = async (attempt: number | undefined) => {
    named.value = attempt
    await nextTick()
  }
  return { shown: () => shown?.value, following, retry, name }
}

it('is the newest, also once there is a newer one', async () => {
  const { shown, retry } = shownOf(0)
  expect(shown()).toBeUndefined()

  await retry()
  await retry()

  expect(shown()).toBe(2)
})

it('stays while somebody reads', async () => {
  const { shown, following, retry } = shownOf(1)
  following.value = false

  await retry()
  expect(shown()).toBe(1)
  following.value = true
  await nextTick()
  expect(shown()).toBe(1)

  await retry()
  expect(shown()).toBe(3)
})

it('is the one that the address names, and the newest again when it names none', async () => {
  const { shown, following, retry, name } = shownOf(3)

  await name(1)
  expect(shown()).toBe(1)
  await retry()
  expect(shown()).toBe(1)
  following.value = false
  await name(undefined)

  expect(shown()).toBe(4)
})
