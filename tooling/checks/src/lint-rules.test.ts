import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root, runTool, withFiles } from './project.ts'

/** One violation per rule of our own: a gate that died silently would look like a clean tree. */
const planted: { rule: string; says: string; file: string; code: string }[] = [
  {
    rule: 'tenantry(one-door)',
    says: 'use dataSources.withTenant',
    file: 'packages/api/src/planted.ts',
    code: `export { tenantReader } from '@tenantry/tenant-db/open'\n`,
  },
  {
    rule: 'tenantry(one-door)',
    says: 'call a repository of a handle',
    file: 'packages/api/src/planted.ts',
    code: `import postgres from 'postgres'\nexport const sql = postgres()\n`,
  },
  {
    rule: 'tenantry(one-door)',
    says: 'A module name must be a literal',
    file: 'apps/web/src/planted.ts',
    code: `export const load = (name: string) => import(\`@tenantry/\${name}\`)\n`,
  },
  {
    rule: 'tenantry(one-door)',
    says: 'Import a sub-path that its package.json exports',
    file: 'apps/web/src/planted.ts',
    code: `export * from '../../../packages/tenant-db/src/open.ts'\n`,
  },
  {
    rule: 'tenantry(one-door)',
    says: 'Import a sub-path that its package.json exports',
    file: 'packages/api/src/planted.ts',
    code: `export * from '../../tenant-db/src/open.ts'\n`,
  },
  {
    rule: 'tenantry(one-door)',
    says: 'A require of one’s own could reach behind a wall',
    file: 'packages/api/src/planted.ts',
    code: `export { createRequire } from 'node:module'\n`,
  },
  {
    rule: 'tenantry(one-door)',
    says: 'The application database is opened once, by the runtime',
    file: 'packages/api/src/routers/planted.ts',
    code: `export { openAppDb } from '@tenantry/app-db/open'\n`,
  },
  {
    rule: 'tenantry(one-door)',
    says: 'for the kinds of procedures alone',
    file: 'packages/api/src/routers/planted.ts',
    code: `export { servicesOf } from '../procedures/surroundings/ticket.ts'\n`,
  },
  {
    rule: 'tenantry(one-door)',
    says: 'Nothing is declared into `@tenantry/app-db/types` from outside',
    file: 'packages/api/src/planted.ts',
    code: `declare module '@tenantry/app-db/types' {\n  interface AppDb {\n    accounts: object\n  }\n}\nexport {}\n`,
  },
  {
    rule: 'tenantry(one-door)',
    says: 'next-auth stays behind packages/auth',
    file: 'apps/web/src/planted.ts',
    code: `export { getServerSession } from 'next-auth'\n`,
  },
  {
    rule: 'tenantry(no-development-imports)',
    says: 'is for tests only',
    file: 'packages/api/src/planted.ts',
    code: `export { createWorld } from '@tenantry/testing/world'\n`,
  },
  {
    rule: 'tenantry(no-raw-database-control)',
    says: 'Take a handle from dataSources.withTenant',
    file: 'packages/tenant-db/src/accounts/repository.ts',
    code: `export const run = (db: { transaction(work: () => void): void }) => db.transaction(() => undefined)\n`,
  },
  {
    rule: 'tenantry(no-raw-database-control)',
    says: 'a new statement belongs into a repository',
    file: 'packages/app-db/src/planted.ts',
    code: `export const run = (sql: { unsafe(text: string): void }) => sql['unsafe']('select 1')\n`,
  },
  {
    rule: 'tenantry(no-tenant-id-parameter)',
    says: 'A repository method takes no tenant id',
    file: 'packages/tenant-db/src/accounts/repository.ts',
    code: `export class Accounts {\n  list(query: { tenantId: string }) {\n    return query\n  }\n}\n`,
  },
  {
    rule: 'tenantry(environment-in-one-place)',
    says: 'pass the value in as an argument',
    file: 'packages/api/src/planted.ts',
    code: `export const url = process.env.APP_DATABASE_URL\n`,
  },
]

test.each(planted)('$rule refuses $code', ({ rule, says, file, code }) => {
  const { status, output } = withFiles({ [file]: code }, (folder) =>
    runTool('oxlint', ['-c', join(root, '.oxlintrc.json'), '-f', 'unix', folder]),
  )
  expect(output).toContain(rule.replace(/\((.*)\)/, '($1)'))
  expect(output.replaceAll(/\s+/g, ' ')).toContain(says)
  expect(status).toBe(1)
})

test('a right program passes the same rules', () => {
  const code = `export const names = (rows: { name: string }[]) => rows.map((row) => row.name)\n`
  const { status, output } = withFiles({ 'packages/api/src/right.ts': code }, (folder) =>
    runTool('oxlint', ['-c', join(root, '.oxlintrc.json'), folder]),
  )
  expect(output).not.toContain('tenantry(')
  expect(status).toBe(0)
})
