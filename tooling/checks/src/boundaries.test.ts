import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root, runTool, withProjectCopy } from './project.ts'

test('imports run only downwards', () => {
  expect(runTool('turbo', ['boundaries']).output).toContain('no issues found')
})

test('a package that declares one of a higher row is refused', () => {
  const output = boundariesWith('packages/tenant-db', { '@tenantry/data-sources': 'workspace:*' })
  expect(output).toMatch(/found with tag listed in denylist|Circular package dependency/)
})

test('the two planes may not declare each other', () => {
  const output = boundariesWith('packages/app-db', { '@tenantry/tenant-db': 'workspace:*' })
  expect(output).toContain('found with tag listed in denylist')
})

test('an import of a package that is not declared is refused', () => {
  const planted = { 'packages/api/src/planted.ts': `export type { TenantDb } from '@tenantry/tenant-db/types'\n` }
  const output = withProjectCopy(planted, (folder) => runTool('turbo', ['boundaries'], folder).output)
  expect(output.replaceAll(/\s+/g, ' ')).toMatch(/cannot import package `@tenantry\/tenant-db`/)
})

test('an import that leaves its package by a relative path is refused', () => {
  const planted = { 'packages/api/src/planted.ts': `export * from '../../tenant-db/src/open.ts'\n` }
  const output = withProjectCopy(planted, (folder) => runTool('turbo', ['boundaries'], folder).output)
  expect(output.replaceAll(/\s+/g, ' ')).toMatch(/import `\.\.\/\.\.\/tenant-db\/src\/open\.ts` leaves the package/)
})

function boundariesWith(folder: string, added: Record<string, string>): string {
  const file = `${folder}/package.json`
  const manifest = JSON.parse(readFileSync(join(root, file), 'utf8')) as { dependencies: Record<string, string> }
  const replaced = { [file]: JSON.stringify({ ...manifest, dependencies: { ...manifest.dependencies, ...added } }) }
  return withProjectCopy(replaced, (copy) => runTool('turbo', ['boundaries'], copy).output.replaceAll(/\s+/g, ' '))
}
