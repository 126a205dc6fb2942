import { computed, reactive, ref, shallowRef, watch, type Ref } from 'vue'
import { ApiError } from '@/api/errors'
import type { Version } from '@/api/types'
import {
  formOf,
  givenBy,
  readField,
  readForm,
  readInputText,
  textOfForm,
  type ParamField,
} from '@/domain/paramsForm'

const FIELD = 'input.'

/** What is typed into the form of a version's parameters, as fields or as one JSON text. */
export function useParamsForm(version: Ref<Version>, input: Record<string, unknown> | undefined) {
  const fields = shallowRef(formOf(version.value.params_schema, input))
  const texts = reactive(new Map<string, string>())
  const json = ref<string | null>(null)
  const jsonProblem = ref<string>()
  const touched = reactive(new Set<string>())
  const refusals = reactive(new Map<string, string>())

  watch(version, ({ params_schema }) => rebuild(params_schema, givenBy(fields.value, texts)))

  function rebuild(schema: Version['params_schema'], given: Record<string, unknown> | undefined) {
    fields.value = formOf(schema, given)
    texts.clear()
    touched.clear()
    refusals.clear()
  }

  const textOf = (field: ParamField) => texts.get(field.name) ?? field.start

  function type(field: ParamField, text: string): void {
    texts.set(field.name, text)
    refusals.delete(field.name)
  }

  /** Said once somebody has left the field or tried to send. */
  function problemOf(field: ParamField): string | undefined {
    const reading = touched.has(field.name) ? readField(field, textOf(field)) : 'left out'
    const problem = typeof reading === 'object' && 'problem' in reading && reading.problem
    return problem || refusals.get(field.name)
  }

  /** The input, or null while something is wrong with it, which is then said where it is. */
  function read(): Record<string, unknown> | null {
    if (json.value !== null) {
      const reading = readInputText(json.value)
      jsonProblem.value = 'problem' in reading ? reading.problem : undefined
      return 'input' in reading ? reading.input : null
    }
    fields.value.forEach(({ name }) => touched.add(name))
    const reading = readForm(fields.value, texts)
    return 'input' in reading ? reading.input : null
  }

  function editAsJson(): void {
    json.value = textOfForm(fields.value, texts)
    jsonProblem.value = undefined
  }

  /** Stays with the JSON while that can't be read. */
  function editAsFields(): void {
    const input = read()
    if (input !== null) {
      rebuild(version.value.params_schema, input)
      json.value = null
    }
  }

  /** Puts the server's words on the fields; what concerns none of them is returned. */
  function refuse(error: unknown): string[] {
    const details = error instanceof ApiError ? error.details : []
    const shown = new Set(json.value === null ? fields.value.map(({ name }) => name) : [])
    return details.flatMap(({ field, message }) => {
      const name = field.startsWith(FIELD) ? field.slice(FIELD.length) : null
      if (name === null || !shown.has(name)) {
        return [`${name ?? field}: ${message}`]
      }
      refusals.set(name, message)
      return []
    })
  }

  const isJson = computed(() => json.value !== null)
  return {
    fields,
    json,
    isJson,
    jsonProblem,
    textOf,
    type,
    problemOf,
    touch: (field: ParamField) => touched.add(field.name),
    read,
    editAsJson,
    editAsFields,
    refuse,
  }
}
