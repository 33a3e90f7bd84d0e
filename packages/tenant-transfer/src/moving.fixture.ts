import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { lookInto } from '@tenantry/testing/look-into'
import { createWorld } from '@tenantry/testing/world'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { createLegacyTables, fillLegacyCompany } from './legacy/legacy-database.ts'
import type { TransferOptions } from './sides.ts'

/** What the old tables call the company that moves, and one that stays. */
export const legacyId = '5f0f7c1e-3c54-4d8e-9a53-2b7b1c5e0a11'
export const stayingId = '9b1f4a6e-7d20-4c0b-8f3e-1d2c3b4a5f60'

export const placements = ['dedicated', 'shared'] as const

/** An application database with the old tables and two companies in them, and an empty tenant database. */
export async function stageMove(placement: (typeof placements)[number]) {
  const home = placement === 'shared' ? { server: mainServer(), database: 'both' } : { server: elsewhereServer() }
  const world = await createWorld(mainServer(), { acme: home, other: home })
  const { acme } = world.tenants
  const source = world.appAdmin
  const legacyRole = `legacy_${source.database}`
  const legacyApp: Target = { ...source, user: legacyRole, password: () => 'old' }
  await withAdminConnection(source, async (run) => {
    await run(`create role ${legacyRole} login password 'old'`)
    await run(`grant connect on database "${source.database}" to ${legacyRole}`)
    await run('grant usage on schema public to public')
    await createLegacyTables(run, { legacyRole })
    const memberIds = [acme.people.owner.id, acme.people.member.id]
    await fillLegacyCompany(run, { legacyTenantId: legacyId, memberIds })
    await fillLegacyCompany(run, { legacyTenantId: stayingId, memberIds: [] })
  })
  const options: TransferOptions = {
    transfers: world.app.transfers,
    keyring: world.keyring,
    source,
    operatorName: 'tests',
    slug: 'acme',
    legacyTenantId: legacyId,
  }
  return {
    world,
    acme,
    options,
    applicationRole: world.appTarget.user,
    legacyApp,
    /** The old tables, as their superuser. */
    old: <Row extends Record<string, unknown>>(statement: string, parameters: unknown[] = []) =>
      lookInto<Row>(source, statement, parameters),
    /** The tenant database, as its superuser: rows of both tenants when it is shared. */
    now: <Row extends Record<string, unknown>>(statement: string, parameters: unknown[] = []) =>
      lookInto<Row>(acme.admin, statement, parameters),
    close: async () => {
      await world.close()
      await lookInto({ ...source, database: 'postgres' }, `drop role ${legacyRole}`)
    },
  }
}
