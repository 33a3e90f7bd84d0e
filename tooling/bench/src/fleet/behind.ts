import { openAppDb } from '@tenantry/app-db/open'
import { withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import { generateKey, parseKeyring } from '@tenantry/credentials/keyring'
import { dataSourceOf, generateLogins, generateSupportLogin, ownerRoleOf } from '@tenantry/fleet/provision'
import { readMigrations } from '@tenantry/migrations/folder'
import { migrationsFolder, prepareTenantDatabase } from '@tenantry/tenant-db/provision'
import { settleCopy, templateOwner } from '@tenantry/tenant-db/template'
import { createAppDatabase } from '@tenantry/testing/app-database'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { randomBytes, randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adminOf, dropDatabase, type BenchFleet } from './databases.ts'
import { migrateByDrizzle } from './drizzle-loop.ts'

/** A fleet as a release finds it: every database serves a company, with all its logins, and lacks the newest migrations. */
export async function openFleetBehind(
  server: ServerAddress,
  { count, behind }: { count: number; behind: number },
): Promise<BenchFleet> {
  const appDatabase = await createAppDatabase(server)
  const app = openAppDb({ target: appDatabase.app })
  const keyring = parseKeyring(`k1:${generateKey()}`)
  const ownerId = await app.db.users.create({ email: 'bench@example.com', name: 'Bench', passwordHash: null })
  const mark = randomBytes(3).toString('hex')
  const copies = await openCopies(server, `behind_${mark}`, async (template) => {
    const upTo = (await readMigrations(migrationsFolder)).at(-1 - behind)?.tag
    await prepareTenantDatabase(adminOf(server, template), { ownerRole: templateOwner, upTo })
  })
  const admins = []
  for (let number = 0; number < count; number++) {
    const database = `behind_${mark}_${number}`
    const admin = adminOf(server, database)
    const tenantIdInDataSource = randomUUID()
    const logins = { ...generateLogins(`${database}_app`), support: generateSupportLogin(tenantIdInDataSource) }
    await copies.make(database)
    const admission = { ownerRole: ownerRoleOf(database), tenantIdInDataSource, ...logins }
    const identity = await withAdminConnection(admin, (run) => settleCopy(run, database, admission))
    const slug = database.replaceAll('_', '-')
    const settings = { name: slug, trade: 'dj', timeZone: 'UTC', locale: 'en', currency: 'EUR', ownerId }
    const tenantId = await app.db.tenants.create('bench', { slug, ...settings })
    const place = { region: 'here', placement: 'dedicated' } as const
    const facts = { admin, tenantId, tenantIdInDataSource, identity, logins, keyring, ...place }
    await app.db.tenants.setDataSource('bench', slug, dataSourceOf(facts))
    admins.push(admin)
  }
  return {
    app,
    keyring,
    admins,
    admit: async () => {},
    async [Symbol.asyncDispose]() {
      await app.close()
      await copies[Symbol.asyncDispose]()
      await appDatabase.drop()
    },
  }
}

/** The same number of databases that Drizzle has migrated, and that lack the same migrations. */
export async function openPlainBehind(server: ServerAddress, { count, behind }: { count: number; behind: number }) {
  const mark = randomBytes(3).toString('hex')
  const copies = await openCopies(server, `drizzle_${mark}`, async (template) => {
    await using earlier = await earlierMigrations(behind)
    await migrateByDrizzle(adminOf(server, template), earlier.path)
  })
  const names = Array.from({ length: count }, (_, number) => `drizzle_${mark}_${number}`)
  for (const name of names) await copies.make(name)
  return { ...copies, admins: names.map((name) => adminOf(server, name)) }
}

async function openCopies(server: ServerAddress, template: string, prepare: (template: string) => Promise<void>) {
  const made: string[] = []
  const onServer = (work: (run: AdminRun) => Promise<unknown>) => withAdminConnection(adminOf(server, 'postgres'), work)
  await onServer((run) => run(`create database ${template}`))
  await prepare(template)
  return {
    async make(name: string): Promise<void> {
      made.push(name)
      await onServer((run) => run(`create database ${name} template ${template}`))
    },
    async [Symbol.asyncDispose]() {
      for (const name of [template, ...made]) await dropDatabase(server, name)
    },
  }
}

async function earlierMigrations(behind: number) {
  const path = await mkdtemp(join(tmpdir(), 'tenantry-earlier-'))
  await cp(migrationsFolder, path, { recursive: true })
  const journal = join(path, 'meta/_journal.json')
  const { entries, ...rest } = JSON.parse(await readFile(journal, 'utf8')) as { entries: unknown[] }
  await writeFile(journal, JSON.stringify({ ...rest, entries: entries.slice(0, -behind) }))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
