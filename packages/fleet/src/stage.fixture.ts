import { openAppDb, type AppDbConnection } from '@tenantry/app-db/open'
import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { NewTenantInput } from '@tenantry/contracts/new-tenant'
import { generateKey, parseKeyring, type Keyring } from '@tenantry/credentials/keyring'
import { openDataSources, type DataSources } from '@tenantry/data-sources'
import { TenantryError } from '@tenantry/errors'
import { openLogger } from '@tenantry/telemetry/logger'
import { createAppDatabase } from '@tenantry/testing/app-database'
import { adminOf } from '@tenantry/testing/databases'
import { mainServer } from '@tenantry/vitest-config/servers'
import { randomBytes } from 'node:crypto'
import { claimCreation } from './claim-run.ts'
import { createTenant, type CreatedTenant } from './create-tenant.ts'
import type { AdminAt } from './tenant-place.ts'

export interface FleetStage extends AsyncDisposable {
  app: AppDbConnection
  /** The superuser on the application database. */
  appAdmin: Target
  dataSources: DataSources
  keyring: Keyring
  /** The superuser of the server that tenants are made on. */
  server: Target
  adminAt: AdminAt
  /** A company nobody has heard of; names are unique on the server. */
  input(changes?: Partial<NewTenantInput>): NewTenantInput
  create(input: NewTenantInput): Promise<CreatedTenant>
  ask(database: string, text: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/** An application database and a server for the tenants of one test file. */
export async function stageFleet(): Promise<FleetStage> {
  const database = await createAppDatabase(mainServer())
  const app = openAppDb({ target: database.app })
  const keyring = parseKeyring(`k1:${generateKey()}`)
  const dataSources = openDataSources({ appDb: app.db, keyring, logger: openLogger({ level: 'silent' }) })
  const server = adminOf(mainServer(), 'postgres')
  const made = new Set<string>()
  const ask: FleetStage['ask'] = (name, text, parameters = []) =>
    withAdminConnection({ ...server, database: name }, (run) => run(text, parameters))
  const create = async (input: NewTenantInput) => {
    // What was there before is not this stage's to drop.
    const present = await ask('postgres', 'select from pg_database where datname = $1', [input.database])
    if (present.length === 0) made.add(input.database)
    await using run = await claimCreation(app, input, 'ines')
    const created = await createTenant({ app, dataSources, keyring, operatorName: 'ines', server, run })
    await run.finish('done')
    return created
  }
  const close = async () => {
    await dataSources.close()
    await app.close()
    await withAdminConnection(server, async (run) => {
      for (const name of made) await run(`drop database if exists "${name}" with (force)`)
    })
    await database.drop()
  }
  return {
    app,
    appAdmin: database.admin,
    dataSources,
    keyring,
    server,
    adminAt: ({ host, port }) => {
      if (host !== server.host || port !== server.port) throw new TenantryError('CONFIGURATION_INVALID')
      return server
    },
    input: (changes = {}) => {
      const slug = `t-${randomBytes(4).toString('hex')}`
      return {
        slug,
        name: 'Acme Photo Booths',
        trade: 'photo_booth',
        timeZone: 'Europe/Berlin',
        locale: 'en-GB',
        currency: 'EUR',
        owner: { email: `owner@${slug}.example`, name: 'Olga' },
        server: 'main',
        placement: 'dedicated',
        database: slug.replace('-', '_'),
        region: 'eu',
        ...changes,
      }
    },
    create,
    ask,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** The reading and writing grant of an operator, as a request of theirs would carry. */
export function operatorGrant({ app }: FleetStage, slug: string) {
  return app.grants.forOperator('ines', slug, { reason: 'test', access: 'write', requestId: 'test' })
}
