import { expect, it } from 'vitest'
import { formatSize } from '../../src/domain/fileSize'
import { choiceProblem } from '../../src/domain/uploadChoice'

it('one packed file is taken', () => {
  expect(choiceProblem([{ name: 'hello.tar.gz' }])).toBeUndefined()
  expect(choiceProblem([{ name: 'HELLO.TGZ' }])).toBeUndefined()
})

it('anything else is told apart before it is sent', () => {
  expect(choiceProblem([])).toContain('no file')
  expect(choiceProblem([{ name: 'a.tar.gz' }, { name: 'b.tar.gz' }])).toContain('2 files')
  expect(choiceProblem([{ name: 'main.py' }])).toContain('main.py is no .tar.gz')
  expect(choiceProblem([{ name: 'tar.gz' }])).toContain('is no .tar.gz')
})

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [9_949, '9.9 kB'],
  [9_960, '10 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [104_857_600, '105 MB'],
  [5e12, '5000 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text)
})
