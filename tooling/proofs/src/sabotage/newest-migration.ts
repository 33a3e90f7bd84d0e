import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../project-copy.ts'

export type MigrationsOf = 'app-db' | 'tenant-db'

/** The last migration that says it: what a function says is what its last definition says. Throws when none does. */
export function newestMigrationWith(plane: MigrationsOf, text: string): string {
  const folder = `packages/${plane}/migrations`
  const newest = readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .findLast((name) => readFileSync(join(root, folder, name), 'utf8').includes(text))
  if (newest === undefined) throw new Error(`no migration of ${plane} says «${text}»`)
  return `${folder}/${newest}`
}
