import type { AppDbConnection } from '@tenantry/app-db/open'
import { removeTenant } from '@tenantry/app-db/remove-tenant'
import type { Run } from '@tenantry/app-db/runs'
import { withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import type { TenantId } from '@tenantry/contracts/ids'
import type { FileStore } from '@tenantry/files/store'
import type { Target } from '@tenantry/connections/target'
import { TenantryError } from '@tenantry/errors'
import { dropDatabase, dropLogins, removeTenantRows } from '@tenantry/tenant-db/removal'
import { endWork, loginsOf, setServing, tenantsOn } from '@tenantry/tenant-db/serving'
import { z } from 'zod'
import { assertFreeForExport } from './export-folder.ts'
import { exportFiles } from './files/export-files.ts'
import { exportTenant, type ExportReport } from './export-tenant.ts'
import { assertNoOtherRights, findLeftDatabases, isSameServer, removeLeftDatabases } from './left-databases.ts'
import { findTenant, KnownTenant, TenantPlace, type AdminAt } from './tenant-place.ts'

export interface DeleteTenantOptions {
  app: Pick<AppDbConnection, 'db' | 'runs'>
  adminAt: AdminAt
  /** The owner of schema `app`: the application's own login cannot remove anything. */
  appAdmin: Target
  operatorName: string
  slug: string
  /** Where the export goes: a folder that is not there yet or is empty, or has what the same run put there. */
  exportFolder: string
  /** Undefined where this installation keeps no files. */
  files: FileStore | undefined
  /** Ends the move that brought the company in, if there was one; what it came to is noted down. Bears being done again. */
  endTransfer: (tenantId: TenantId) => Promise<Record<string, unknown>>
  /**
   * For a server that is gone for good: removes what the application database knows and leaves the rest. What is asked for
   * last holds, also of a run that began otherwise: its server was lost on the way, or is there again.
   */
  withoutDatabase: boolean
  /** Of kind `tenant.delete`. */
  run: Run
  onProgress?: (step: string) => void
}

export interface DeletedTenant {
  tenantId: string
  /** Undefined where there was no database to export. */
  exported: Pick<ExportReport, 'folder' | 'rows'> | undefined
  /** Databases that hold its rows still: its own one when it was to be left, and those it had left for it and that nobody reaches. */
  unreached: string[]
}

export const deleteTenantKind = 'tenant.delete'

/**
 * Closes the tenant, exports its rows and files, and removes its database (of a shared one its rows), its logins, its files,
 * what its move left behind and at last its record with the sealed passwords. Each step is noted down and bears being done again; until the record is gone, the same
 * command goes on where a killed one stopped. The audit log and the journal of runs stay.
 *
 * Throws CONFLICT before anything is closed when the folder is not free, or when somebody else lives in the database that
 * was the tenant's alone.
 */
export async function deleteTenant(options: DeleteTenantOptions): Promise<DeletedTenant> {
  const { app, run, slug, operatorName, appAdmin, exportFolder, onProgress } = options
  const step = <T extends Record<string, unknown>>(name: string, work: () => Promise<T>) => {
    onProgress?.(name)
    return run.unit(name, work)
  }
  const plan = DeletionPlan.parse(await step('plan', () => planDeletion(options)))
  const { tenantId } = plan
  if (plan.exportFolder !== exportFolder) await assertFreeForExport(exportFolder, run.id)
  await run.concerns(tenantId)
  const found = await surveyPlace(options, plan, step)
  await step('status', async () => {
    await app.db.tenants.setStatus(operatorName, slug, 'archived')
    return {}
  })
  const { exported, unreached } = await removePlace(options, found, step)
  const { files } = options
  if (files !== undefined) {
    // Beside the rows: a run that goes on may be given another folder than they are in.
    const folder = exported?.folder ?? exportFolder
    await step('export files', async () => ({ files: await exportFiles(files.of(tenantId), folder) }))
    await step('files', async () => {
      await files.of(tenantId).removeAll()
      return {}
    })
  }
  await step('transfer', () => options.endTransfer(tenantId))
  await step('record', async () => {
    await removeTenant(appAdmin, operatorName, tenantId)
    return {}
  })
  return { tenantId, exported, unreached }
}

/** From the application database alone: of a tenant whose record is gone, only this tells where it lived. */
async function planDeletion({ app, slug, exportFolder, run }: DeleteTenantOptions) {
  await assertFreeForExport(exportFolder, run.id)
  const { tenantId, place } = await findTenant(app, slug)
  return { tenantId, slug, place, exportFolder }
}

type Found = z.infer<typeof Survey> & { place: TenantPlace | null }

/** What there is on servers, before anything is closed: with the logins that the database names, which a rotation may have changed. */
async function surveyPlace(
  options: DeleteTenantOptions,
  { tenantId, place }: z.infer<typeof DeletionPlan>,
  step: Step,
): Promise<Found> {
  const { app, adminAt, withoutDatabase, run } = options
  const units = await run.units()
  const known = units.find(({ key, status }) => key === 'survey' && status === 'done')
  if (place === null || (withoutDatabase && known === undefined)) return { place, roles: [], left: [], unreached: [] }
  const survey = await step('survey', async () => {
    const named = await onDatabase(adminAt, place, async (onIt) => {
      await assertServesNobodyElse(onIt, place)
      return await loginsOf(onIt, place.tenantIdInDataSource)
    })
    const { left, unreached } = await findLeftDatabases({ runs: app.runs, adminAt }, { tenantId, place })
    const roles = [
      ...new Set([place, ...left].flatMap((one) => one.roles).concat(named?.serving ?? [], named?.service ?? [])),
    ]
    const removed = [place, ...left.filter((other) => isSameServer(other, place))].map(({ database }) => database)
    await assertNoOtherRights(adminAt(place), roles, removed)
    return { roles, left, unreached }
  })
  const { roles, left, unreached } = Survey.parse(survey)
  return { place: { ...place, roles }, roles, left, unreached }
}

/** A database that is dropped takes along whoever lives in it. */
async function assertServesNobodyElse(
  run: AdminRun,
  { placement, database, tenantIdInDataSource }: TenantPlace,
): Promise<void> {
  if (placement === 'shared') return
  if ((await tenantsOn(run)).every((id) => id === tenantIdInDataSource)) return
  throw new TenantryError('CONFLICT', {
    message: `Another tenant lives in the database ${database} as well and would be lost with it. Move or delete that one first.`,
    data: { field: 'database' },
  })
}

const DeletionPlan = KnownTenant.extend({
  /** Found free when the run began; what is there since then is this run's. */
  exportFolder: z.string().optional(),
})

const Survey = z.object({ roles: z.array(z.string()), left: z.array(TenantPlace), unreached: z.array(z.string()) })

/** Where a tenant lived whose record is gone, by the journal of its deletion; null for one that had no database. */
export function placeInJournal(units: readonly { key: string; detail: unknown }[]): TenantPlace | null {
  const plan = units.find(({ key }) => key === 'plan')
  return DeletionPlan.safeParse(plan?.detail).data?.place ?? null
}

/** Where the rows are; the folder is empty text when there was no database to take them from. */
const Exported = z.object({ folder: z.string(), rows: z.int() })

type Step = <T extends Record<string, unknown>>(name: string, work: () => Promise<T>) => Promise<T>

async function removePlace(
  options: DeleteTenantOptions,
  { place, left, unreached }: Found,
  step: Step,
): Promise<Omit<DeletedTenant, 'tenantId'>> {
  if (place === null) return { exported: undefined, unreached }
  if (!options.withoutDatabase) {
    return { exported: await removeFromServer(options, { place, left }, step), unreached }
  }
  const done = (await options.run.units()).filter(({ status }) => status === 'done')
  const isGone = done.some(({ key }) => key === 'database')
  const given = [...(isGone ? [] : [place]), ...left].map(({ host, port, database }) => `${host}:${port}/${database}`)
  // The journal keeps what was given up, and where.
  await step('without database', () => Promise.resolve({ databases: given }))
  // The server may have been lost after the rows had come from it.
  const exported = Exported.optional().parse(done.find(({ key }) => key === 'export')?.detail)
  return { exported: exported?.folder === '' ? undefined : exported, unreached: [...given, ...unreached] }
}

async function removeFromServer(
  { adminAt, slug, exportFolder, run, onProgress }: DeleteTenantOptions,
  { place, left }: { place: TenantPlace; left: TenantPlace[] },
  step: Step,
): Promise<DeletedTenant['exported']> {
  const { host, port, database, placement, tenantIdInDataSource, roles } = place
  const server = adminAt({ host, port })
  const admin: Target = { ...server, database }
  await step('logins', async () => {
    const result = await onDatabase(adminAt, place, async (onIt) => {
      const logins = await loginsOf(onIt, tenantIdInDataSource)
      await setServing(onIt, { ...logins, current: place.appRole }, 'none')
      return await endWork(onIt, roles)
    })
    return result ?? { ended: 0 }
  })
  const { folder, rows } = await step('export', async () => {
    if (!(await isThere(server, database))) return { folder: '', rows: 0 }
    const report = await exportTenant(admin, {
      tenantIdInDataSource,
      slug,
      folder: exportFolder,
      runId: run.id,
      onProgress: (table) => onProgress?.(`export ${table}`),
    })
    return { folder: report.folder, rows: report.rows }
  })
  await step('database', async () => {
    if (placement === 'shared') await removeTenantRows(admin, tenantIdInDataSource)
    else {
      // Somebody may have come since the plan.
      await onDatabase(adminAt, place, (onIt) => assertServesNobodyElse(onIt, place))
      await dropDatabase(server, database)
    }
    return {}
  })
  if (left.length > 0) {
    await step('left databases', async () => {
      await removeLeftDatabases(adminAt, left, { place, roles })
      return {}
    })
  }
  await step('roles', async () => {
    const owners = [place, ...left.filter((other) => isSameServer(other, place))].map((one) => one.ownerRole)
    const gone = placement === 'dedicated' ? [...roles, ...new Set(owners)] : roles
    await withAdminConnection(placement === 'dedicated' ? server : admin, (onIt) => dropLogins(onIt, gone))
    return {}
  })
  return folder === '' ? undefined : { folder, rows }
}

/** Undefined when there is no such database (any more). */
async function onDatabase<T>(
  adminAt: AdminAt,
  { host, port, database }: TenantPlace,
  work: Parameters<typeof withAdminConnection<T>>[1],
): Promise<T | undefined> {
  const server = adminAt({ host, port })
  return (await isThere(server, database)) ? await withAdminConnection({ ...server, database }, work) : undefined
}

async function isThere(server: Target, database: string): Promise<boolean> {
  const found = await withAdminConnection(server, (run) =>
    run('select from pg_database where datname = $1', [database]),
  )
  return found.length > 0
}
