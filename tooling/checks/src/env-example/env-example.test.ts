import { variables as ofCommandLine } from '@tenantry/cli/env'
import { variables as ofWeb } from '@tenantry/web/env'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectFiles, root } from '../project.ts'
import { renderEnvExample } from './render.ts'

test('.env.example is what the schemas say; `pnpm --filter @tenantry/checks env-example` writes it anew', () => {
  expect(readFileSync(join(root, '.env.example'), 'utf8')).toBe(renderEnvExample())
})

test.each(Object.entries({ ...ofCommandLine, ...ofWeb }))('%s is explained and shows a value', (_name, schema) => {
  const { description, example } = schema.meta() ?? {}
  expect(description).toMatch(/\.$/)
  expect(example ?? schema.parse(undefined)).toBeDefined()
})

test('no file of environment variables is kept in git', () => {
  expect(projectFiles('.env', '.env.*', '**/.env', '**/.env.*')).toEqual(['.env.example'])
})
