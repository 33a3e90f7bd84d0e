import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder as drizzle-kit writes it, in the order of the entries. */
export async function migrationFolder(files: Record<string, string>) {
  const path = await mkdtemp(join(tmpdir(), 'tenantry-migrations-'))
  await mkdir(join(path, 'meta'))
  const entries = Object.keys(files).map((tag, idx) => ({ idx, tag }))
  await writeFile(join(path, 'meta/_journal.json'), JSON.stringify({ entries }))
  for (const [tag, text] of Object.entries(files)) await writeFile(join(path, `${tag}.sql`), text)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
