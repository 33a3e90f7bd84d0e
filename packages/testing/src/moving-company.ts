import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { TransferOptions } from '@tenantry/tenant-transfer/company'
import { createLegacyTables, fillLegacyCompany } from '@tenantry/tenant-transfer/legacy'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { lookInto } from './look-into.ts'
import { createWorld, type WorldHome } from './world.ts'

/** What the old tables call the company that moves, and one that stays. */
export const legacyId = '5f0f7c1e-3c54-4d8e-9a53-2b7b1c5e0a11'
export const stayingId = '9b1f4a6e-7d20-4c0b-8f3e-1d2c3b4a5f60'

/**
 * An application database with the old tables and two companies in them, and the empty tenant database of `acme`, which one
 * of them becomes; another tenant lives beside it. `isEmpty` leaves the old tables without rows.
 */
export async function createMovingCompany({
  appServer,
  home,
  isEmpty = false,
}: {
  appServer: ServerAddress
  home: WorldHome
  isEmpty?: boolean
}) {
  const world = await createWorld(appServer, { acme: home, other: home })
  const { acme } = world.tenants
  const source = world.appAdmin
  const legacyRole = `legacy_${source.database}`
  const legacyApp: Target = { ...source, user: legacyRole, password: () => 'old' }
  await withAdminConnection(source, async (run) => {
    await run(`create role ${legacyRole} login password 'old'`)
    await run(`grant connect on database "${source.database}" to ${legacyRole}`)
    await run('grant usage on schema public to public')
    await createLegacyTables(run, { legacyRole })
    // The application came out of the old system, with its rights.
    await run(`grant select, insert, update, delete on all tables in schema public to "${world.appTarget.user}"`)
    if (isEmpty) return
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
  const old = <Row extends Record<string, unknown>>(statement: string, parameters: unknown[] = []) =>
    lookInto<Row>(source, statement, parameters)
  const now = <Row extends Record<string, unknown>>(statement: string, parameters: unknown[] = []) =>
    lookInto<Row>(acme.admin, statement, parameters)
  const close = async () => {
    await world.close()
    await lookInto({ ...source, database: 'postgres' }, `drop role ${legacyRole}`)
  }
  return {
    world,
    acme,
    options,
    legacyTenantId: legacyId,
    applicationRole: world.appTarget.user,
    /** The login of the old system. */
    legacyApp,
    /** Asks the old tables, as their superuser. */
    old,
    /** Asks the tenant database, as its superuser: rows of both tenants when it is shared. */
    now,
    /** As if nothing had moved yet; the old rows stay. */
    empty: async () => {
      await now(`truncate crm.accounts, crm.transfer_quarantine, crm.transfer_marks cascade`)
      await old(
        `select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = current_database()`,
      )
      await old('delete from app.transfers')
      await now('vacuum analyze crm.accounts')
      await now('checkpoint')
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
