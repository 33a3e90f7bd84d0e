import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
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
    // drizzle-kit puts `./` before the folder. One that it cannot open is a complaint and exit code 0.
    const out = relative(packageFolder, folder)
    const kit = join(packageFolder, 'node_modules/drizzle-kit/bin.cjs')
    const args = [kit, 'generate', '--dialect=postgresql', '--schema=./src/schema.ts', `--out=${out}`, '--name=missing']
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: packageFolder })
    expect(await readdir(folder)).toEqual(before)
    expect(stdout).toContain('No schema changes, nothing to migrate')
  } finally {
    await rm(folder, { recursive: true })
  }
})
