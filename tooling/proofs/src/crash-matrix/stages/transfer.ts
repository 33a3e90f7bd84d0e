import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { TransferOptions } from '@tenantry/tenant-transfer/company'
import { cutOver, rollBack } from '@tenantry/tenant-transfer/cutover'
import { legacyTableNames } from '@tenantry/tenant-transfer/legacy'
import { runTransfer } from '@tenantry/tenant-transfer/run'
import { transferStatus } from '@tenantry/tenant-transfer/status'
import { verifyTransfer } from '@tenantry/tenant-transfer/verify'
import { companyFor, createCompany } from '../company.ts'
import { plainTarget, type Ground } from '../ground.ts'
import { companyOfOldSystem, streamsOf } from '../old-system.ts'
import type { TransferProgramInput } from '../programs/transfer.ts'
import type { CrashStage } from '../stage.ts'

/** A transfer that was killed anywhere and is run again has moved every row once, and one side is in charge. */
export function transferStage(verb: TransferProgramInput['verb'], placement: 'dedicated' | 'shared'): CrashStage {
  return {
    name: `transfer ${verb}, ${placement}`,
    program: 'transfer.ts',
    async begin(ground, count) {
      const { appAdmin, appTarget, keys } = ground
      const tenant = companyFor(`${verb}-${placement}`, count, placement)
      await createCompany(ground, tenant)
      const { legacy, legacyTenantId, options } = await companyOfOldSystem(ground, tenant.slug)
      if (verb !== 'run') await runTransfer(options)
      if (verb === 'rollback') await cutOver({ ...options, applicationRole: appTarget.user ?? '' })
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
        examine() {
          if (verb === 'run') return examineRun(options)
          return verb === 'cutover' ? examineCutover(ground, options, legacy) : examineRollback(ground, options, legacy)
        },
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
  complaints.push(...(await streamsOf(ground, options.legacyTenantId ?? '')))
  if ((await readableOldTables(ground)).length > 0) complaints.push('a right on the old tables is left')
  const again = await cutOver({ ...options, applicationRole: ground.appTarget.user ?? '' })
  if (again.pausedMs !== null) complaints.push('it was switched over twice')
  return complaints
}

async function examineRollback(ground: Ground, options: TransferOptions, legacy: Target): Promise<string[]> {
  const { status, transfer } = await ground.app.transfers.tenant(options.slug)
  const complaints = await streamsOf(ground, options.legacyTenantId ?? '')
  if (transfer?.state !== 'copying' || transfer.statusBefore !== null) complaints.push('the rollback is not over')
  if (status !== 'suspended') complaints.push(`the tenant is ${status}`)
  if ((await readableOldTables(ground)).length !== legacyTableNames.length) complaints.push('a right is not given back')
  await withAdminConnection(legacy, (run) =>
    run(`insert into public.notes (tenant_id, body) values ($1, 'in charge again')`, [options.legacyTenantId]),
  )
  // Nothing was lost on the way there and back, and the way there is open.
  await runTransfer(options)
  complaints.push(...(await examineRows(options)))
  await rollBack(options)
  return complaints
}

async function readableOldTables({ ask, appAdmin, appTarget }: Ground): Promise<unknown[]> {
  return await ask(
    appAdmin.database,
    `select from unnest($1::text[]) name where has_table_privilege($2, 'public.' || name, 'select')`,
    [legacyTableNames, appTarget.user],
  )
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
