import { reactive, ref, shallowRef, toValue, type MaybeRefOrGetter } from 'vue'
import { ApiError, ConnectionError, messageOf } from '@/api/errors'
import type { Run, Version } from '@/api/types'
import { RequestKeys } from '@/domain/requestKeys'
import {
  runOptionProblem,
  runOptionsOf,
  type RunOptionName,
  type RunOptionTexts,
} from '@/domain/runOptions'
import { useStartRun } from '@/queries/apps'
import type { useParamsForm } from './useParamsForm'

const OPTIONS: readonly RunOptionName[] = ['priority', 'max_retries']
const LOST =
  'The server can’t be reached. Starting again is safe: it can’t make two runs of this one.'

/** Sends what stands in the form once, and puts what the server says against it where it belongs. */
export function useRunStart(
  app: MaybeRefOrGetter<string>,
  version: MaybeRefOrGetter<Version>,
  form: ReturnType<typeof useParamsForm>,
) {
  const { mutateAsync } = useStartRun(app)
  const keys = new RequestKeys()
  const texts = ref<RunOptionTexts>({ priority: '', max_retries: '' })
  const optionProblems = reactive<Partial<Record<RunOptionName, string>>>({})
  const problems = shallowRef<readonly string[]>([])
  const isSending = ref(false)

  /** The run, or null while it could not be started. */
  async function start(): Promise<Run | null> {
    const input = form.read()
    for (const name of OPTIONS) {
      optionProblems[name] = runOptionProblem(name, texts.value[name])
    }
    problems.value = []
    if (isSending.value || input === null || hasOptionProblem()) {
      return null
    }
    isSending.value = true
    const run = {
      version_no: toValue(version).version_no,
      ...(Object.keys(input).length === 0 ? {} : { input }),
      ...runOptionsOf(texts.value),
    }
    return mutateAsync({ run, key: keys.for(run) })
      .catch(refuse)
      .finally(() => (isSending.value = false))
  }

  function refuse(error: unknown): null {
    const rest = form.refuse(error)
    if (error instanceof ApiError && error.details.length > 0) {
      OPTIONS.forEach((name) => (optionProblems[name] = error.of(name)))
      problems.value = rest.filter((line) => !OPTIONS.some((name) => line.startsWith(`${name}: `)))
    } else {
      problems.value = [error instanceof ConnectionError ? LOST : messageOf(error)]
    }
    return null
  }

  const hasOptionProblem = () => OPTIONS.some((name) => optionProblems[name] !== undefined)
  return { texts, optionProblems, problems, isSending, start, hasOptionProblem }
}
