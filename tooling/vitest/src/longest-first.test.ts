import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { beginWithLongest, longest } from './longest-first.ts'

test('each of the longest files is there', () => {
  const root = new URL('../../../', import.meta.url)
  expect(longest.filter((path) => !existsSync(fileURLToPath(new URL(path, root))))).toEqual([])
})

test('a run begins with the longest files and keeps each project together', () => {
  const [first = ''] = longest
  const later = 'packages/fleet/src/delete-tenant.test.ts'
  const files = [
    { project: 'errors', path: 'packages/errors/src/a.test.ts' },
    { project: 'fleet', path: 'packages/fleet/src/b.test.ts' },
    { project: 'fleet', path: later },
    { project: 'money', path: 'packages/money/src/c.test.ts' },
    { project: 'proofs', path: 'tooling/proofs/src/d.test.ts' },
    { project: 'proofs', path: first },
  ]
  expect(beginWithLongest(files, (file) => file).map(({ path }) => path)).toEqual([
    first,
    'tooling/proofs/src/d.test.ts',
    later,
    'packages/fleet/src/b.test.ts',
    'packages/errors/src/a.test.ts',
    'packages/money/src/c.test.ts',
  ])
})
