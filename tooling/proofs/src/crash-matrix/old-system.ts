import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { TransferOptions } from '@tenantry/tenant-transfer/company'
import { createLegacyTables, fillLegacyCompany, legacyTableNames } from '@tenantry/tenant-transfer/legacy'
import { randomUUID } from 'node:crypto'
import type { Ground } from './ground.ts'

/** A company in the old tables that is to become the tenant of this slug, and the login of the old system. */
export async function companyOfOldSystem(
  ground: Ground,
  slug: string,
): Promise<{ legacy: Target; legacyTenantId: string; options: TransferOptions }> {
  const { app, appAdmin, keyring } = ground
  const legacy = await ensureOldSystem(ground)
  const legacyTenantId = randomUUID()
  await withAdminConnection(appAdmin, (run) => fillLegacyCompany(run, { legacyTenantId, memberIds: [] }))
  const options: TransferOptions = {
    transfers: app.transfers,
    keyring,
    source: appAdmin,
    operatorName: 'matrix',
    slug,
    legacyTenantId,
  }
  return { legacy, legacyTenantId, options }
}

/** What a company that moves in, or has, leaves on the server of the application database while it is on its way. */
export async function streamsOf(ground: Ground, legacyTenantId: string): Promise<string[]> {
  const left = async (what: string, query: string) =>
    (await ground.ask(ground.appAdmin.database, query, [`%${legacyTenantId.replaceAll('-', '')}`])).map(
      () => `${what} is left`,
    )
  return [
    ...(await left('a slot', 'select from pg_replication_slots where slot_name like $1')),
    ...(await left('a publication', 'select from pg_publication where pubname like $1')),
  ]
}

/** Once for the ground: the old tables, and the login of the old system. */
async function ensureOldSystem({ appAdmin, appTarget }: Ground): Promise<Target> {
  const user = 'test_old_system'
  await withAdminConnection(appAdmin, async (run) => {
    await run(`do $$ begin create role ${user} login password 'old'; exception when duplicate_object then end $$`)
    await run(`grant connect on database "${appAdmin.database}" to ${user}`)
    await run('grant usage on schema public to public')
    await createLegacyTables(run, { legacyRole: user })
    const tables = legacyTableNames.map((table) => `public.${table}`).join(', ')
    await run(`grant select, insert, update, delete on ${tables} to "${appTarget.user}"`)
  })
  return { ...appAdmin, user, password: () => 'old' }
}
