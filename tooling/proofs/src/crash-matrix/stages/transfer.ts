import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { claimCreation } from '@tenantry/fleet/claim-run'
import { createTenant } from '@tenantry/fleet/create-tenant'
import type { TransferOptions } from '@tenantry/tenant-transfer/company'
import { cutOver, rollBack } from '@tenantry/tenant-transfer/cutover'
import { createLegacyTables, fillLegacyCompany, legacyTableNames } from '@tenantry/tenant-transfer/legacy'
import { runTransfer } from '@tenantry/tenant-transfer/run'
import { transferStatus } from '@tenantry/tenant-transfer/status'
import { verifyTransfer } from '@tenantry/tenant-transfer/verify'
import { randomUUID } from 'node:crypto'
import { companyFor } from '../company.ts'
import { plainTarget, type Ground } from '../ground.ts'
import type { TransferProgramInput } from '../programs/transfer.ts'
import type { CrashStage } from '../stage.ts'

/** A transfer that was killed anywhere and is run again has moved every row once, and one side is in charge. */
export function transferStage(verb: 'run' | 'cutover', placement: 'dedicated' | 'shared'): CrashStage {
  return {
    name: `transfer ${verb}, ${placement}`,
    program: 'transfer.ts',
    async begin(ground, count) {
      const { app, appAdmin, appTarget, dataSources, keyring, keys, server } = ground
      const tenant = companyFor(`${verb}-${placement}`, count, placement)
      const creation = await claimCreation(app, tenant, 'matrix')
      await createTenant({ app, dataSources, keyring, operatorName: 'matrix', server, run: creation })
      await creation.finish('done')
      const legacy = await ensureOldSystem(ground)
      const legacyTenantId = randomUUID()
      await withAdminConnection(appAdmin, (run) => fillLegacyCompany(run, { legacyTenantId, memberIds: [] }))
      const options: TransferOptions = {
        transfers: app.transfers,
        keyring,
        source: appAdmin,
        operatorName: 'matrix',
        slug: tenant.slug,
        legacyTenantId,
      }
      if (verb === 'cutover') await runTransfer(options)
      const input: TransferProgramInput = {
        verb,
        app: plainTarget(appTarget),
        appAdmin: plainTarget(appAdmin),
        legacy: plainTarget(legacy),
        keys,
        slug: tenant.slug,
        legacyTenantId,
      }
      return {
        input: { ...input },
        examine: () => (verb === 'run' ? examineRun(options) : examineCutover(ground, options, legacy)),
      }
    },
  }
}

async function examineRun(options: TransferOptions): Promise<string[]> {
  const complaints = await examineRows(options)
  const { inCharge } = await transferStatus(options)
  if (inCharge !== 'the old system') complaints.push(`${inCharge} is in charge`)
  const third = await runTransfer(options)
  if (third.copied > 0 || third.changed > 0) complaints.push(`a third run changed ${third.changed} rows`)
  // A server keeps few slots.
  await rollBack(options)
  return complaints
}

async function examineCutover(ground: Ground, options: TransferOptions, legacy: Target): Promise<string[]> {
  const complaints = await examineRows(options)
  const { inCharge } = await transferStatus(options)
  if (inCharge !== 'the tenant database') complaints.push(`${inCharge} is in charge`)
  const tenant = await ground.app.transfers.tenant(options.slug)
  if (tenant.status !== 'active') complaints.push(`the tenant is ${tenant.status}`)
  const write = withAdminConnection(legacy, (run) =>
    run(`insert into public.notes (tenant_id, body) values ($1, 'too late')`, [options.legacyTenantId]),
  )
  if (
    await write.then(
      () => true,
      () => false,
    )
  )
    complaints.push('the old system could write')
  const left = async (what: string, query: string, parameters: unknown[]) => {
    if ((await ground.ask(ground.appAdmin.database, query, parameters)).length > 0) complaints.push(`${what} is left`)
  }
  const ending = `%${(options.legacyTenantId ?? '').replaceAll('-', '')}`
  await left('a slot', 'select from pg_replication_slots where slot_name like $1', [ending])
  await left('a publication', 'select from pg_publication where pubname like $1', [ending])
  await left(
    'a right on the old tables',
    `select from unnest($1::text[]) name where has_table_privilege($2, 'public.' || name, 'select')`,
    [legacyTableNames, ground.appTarget.user],
  )
  const again = await cutOver({ ...options, applicationRole: ground.appTarget.user ?? '' })
  if (again.pausedMs !== null) complaints.push('it was switched over twice')
  return complaints
}

/** Contents of both sides, and every source row: moved in, or in quarantine. */
async function examineRows(options: TransferOptions): Promise<string[]> {
  const { differences, accounted } = await verifyTransfer(options)
  const rows = accounted.reduce((sum, table) => sum + table.rows, 0)
  return [
    ...differences.map(({ table, key, kind }) => `${table} ${key} is ${kind}`),
    ...accounted
      .filter((table) => table.rows !== table.moved + table.quarantined)
      .map((table) => `of ${table.rows} rows of ${table.table} ${table.moved} moved and ${table.quarantined} wait`),
    // One more for each time the program began while the company could write.
    ...(rows < 254 || rows > 255 ? [`${rows} rows in the old tables`] : []),
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
