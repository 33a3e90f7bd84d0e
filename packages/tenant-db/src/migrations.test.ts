import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { migrationsFolder } from './provision.ts'

const packageFolder = fileURLToPath(new URL('..', import.meta.url))

test('the migrations say all that the tables say: drizzle-kit finds nothing to add', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tenantry-migrations-'))
  try {
    await cp(migrationsFolder, folder, { recursive: true })
    const before = await readdir(folder)
    const kit = join(packageFolder, 'node_modules/drizzle-kit/bin.cjs')
    const args = [
      kit,
      'generate',
      '--dialect=postgresql',
      '--schema=./src/schema.ts',
      `--out=${folder}`,
      '--name=missing',
    ]
    await promisify(execFile)(process.execPath, args, { cwd: packageFolder })
    expect(await readdir(folder)).toEqual(before)
  } finally {
    await rm(folder, { recursive: true })
  }
})
