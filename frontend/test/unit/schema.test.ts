// @vitest-environment node
import { readFileSync } from 'node:fs'
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript'
import { expect, it } from 'vitest'

it('schema.d.ts is what docs/openapi.json says; `npm run api` writes it anew', async () => {
  const document = new URL('../../../docs/openapi.json', import.meta.url)
  const committed = readFileSync(new URL('../../src/api/schema.d.ts', import.meta.url), 'utf8')

  const generated =
    COMMENT_HEADER + astToString(await openapiTS(document, { defaultNonNullable: false }))

  expect(generated).toBe(committed)
})
