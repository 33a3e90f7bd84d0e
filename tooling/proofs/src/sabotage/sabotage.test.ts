import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../project-copy.ts'
import { faults } from './faults.ts'
import { newestMigrationWith } from './newest-migration.ts'
import { withFault } from './plant.ts'

const read = (file: string) => readFileSync(join(root, file), 'utf8')

test.each(faults)('the code that «$name» changes is there, once', (fault) => {
  expect(withFault(read(fault.file), fault)).not.toBe(read(fault.file))
})

test.each(faults)('the test that must notice «$name» is there', ({ caughtBy: { file, test: title } }) => {
  expect(titlesIn(read(file)).some((pattern) => pattern.test(`${title} …`))).toBe(true)
})

test.each(faults.filter(({ file }) => file.endsWith('.sql')))(
  'no later migration says again what «$name» changes',
  ({ file, find }) => {
    const plane = file.startsWith('packages/app-db/') ? 'app-db' : 'tenant-db'
    expect(newestMigrationWith(plane, find)).toBe(file)
  },
)

test('every fault has a name of its own', () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length)
})

/** Titles of parametrised tests hold `%s` or `$field` where their parameters stand. */
function titlesIn(text: string): RegExp[] {
  const titles = [...text.matchAll(/^\s*(?:test|it)\b.*?\(\s*'([^']+)'|^\)\('([^']+)'/gm)]
  const literals = [...titles, ...text.matchAll(/\)\(\s*'([^']+)'/g)].map(([, first, second]) => first ?? second ?? '')
  return literals.map((title) => new RegExp(`^${escape(title).replace(/%[sj]|\\\$\w+/g, '.+')}`))
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
