import { type Target, urlOf } from '@tenantry/connections/target'
import { lookInto } from '@tenantry/testing/look-into'
import { setBack } from '@tenantry/testing/set-back'
import { createWorld, type World } from '@tenantry/testing/world'
import { mainServer } from '@tenantry/vitest-config/servers'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Slug = 'acme' | 'bloom' | 'cedar'

/** Companies on real databases, and the environment in which the command line reaches them. */
export interface CliFleet extends AsyncDisposable {
  world: World<Slug>
  env: Record<string, string>
  /** As the superuser of a company's database. */
  ask(slug: Slug, statement: string): Promise<Record<string, unknown>[]>
  /** Gives a company a database that stopped at this migration. */
  setBack(slug: Slug, upTo: string): Promise<void>
}

export async function openCliFleet(): Promise<CliFleet> {
  const server = mainServer()
  const world = await createWorld<Slug>(server, { acme: { server }, bloom: { server }, cedar: { server } })
  const folder = mkdtempSync(join(tmpdir(), 'cli-fleet-'))
  const serversFile = join(folder, 'servers.json')
  const admin: Target = { ...world.appAdmin, database: 'postgres' }
  const servers = { main: { url: urlOf(admin), region: 'here' } }
  writeFileSync(serversFile, JSON.stringify({ application: urlOf(world.appAdmin), servers }), { mode: 0o600 })
  const admins: Partial<Record<Slug, Target>> = {}
  const drops: (() => Promise<void>)[] = []
  return {
    world,
    env: { APP_DATABASE_URL: urlOf(world.appTarget), TENANTRY_KEYS: world.keys, TENANTRY_SERVERS_FILE: serversFile },
    ask: (slug, statement) => lookInto(admins[slug] ?? world.tenants[slug].admin, statement),
    async setBack(slug, upTo) {
      const database = await setBack(world, slug, { server, upTo })
      drops.push(database.drop)
      admins[slug] = database.admin
    },
    async [Symbol.asyncDispose]() {
      await world.close()
      for (const drop of drops) await drop()
      rmSync(folder, { recursive: true })
    },
  }
}
