import { migrationsFolder } from '@tenantry/tenant-db/provision'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The project's migrations and some more, by tag: what a fleet finds that is one release behind. */
export async function nextMigrations(files: Record<string, string>, parent = tmpdir()) {
  const path = await mkdtemp(join(parent, 'tenantry-next-'))
  await cp(migrationsFolder, path, { recursive: true })
  const journal = join(path, 'meta/_journal.json')
  const { entries, ...rest } = JSON.parse(await readFile(journal, 'utf8')) as { entries: { idx: number }[] }
  const more = Object.keys(files).map((tag, index) => ({ idx: entries.length + index, tag }))
  await writeFile(journal, JSON.stringify({ ...rest, entries: [...entries, ...more] }))
  for (const [tag, text] of Object.entries(files)) await writeFile(join(path, `${tag}.sql`), text)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
