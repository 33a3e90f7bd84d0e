import { claimDeletion } from '@tenantry/fleet/claim-run'
import { deleteTenant } from '@tenantry/fleet/delete-tenant'
import { findTenant } from '@tenantry/fleet/tenant-place'
import { join } from 'node:path'
import { findOrphans } from '../account-for.ts'
import { companyFor, copyDatabase, createCompany, setState } from '../company.ts'
import { plainTarget, type Ground } from '../ground.ts'
import type { AdoptProgramInput } from '../programs/tenant-adopt.ts'
import type { CrashStage } from '../stage.ts'

/** An adoption that was killed anywhere and is run again has one database that is written to, and a deletion finds both. */
export function tenantAdopt(): CrashStage {
  return {
    name: 'tenant adopt',
    program: 'tenant-adopt.ts',
    async begin(ground, count) {
      const company = companyFor('adopt', count, 'dedicated')
      await createCompany(ground, company)
      await setState(ground, company.slug, 'suspended')
      const database = await copyDatabase(ground, company.database)
      const input: AdoptProgramInput = {
        app: plainTarget(ground.appTarget),
        server: plainTarget(ground.server),
        keys: ground.keys,
        slug: company.slug,
        database,
      }
      return { input: { ...input }, examine: () => examine(ground, company.slug, { left: company.database, database }) }
    },
  }
}

async function examine(ground: Ground, slug: string, names: { left: string; database: string }): Promise<string[]> {
  const { place, status } = await findTenant(ground.app, slug)
  const complaints = place?.database === names.database ? [] : [`${slug} lives in ${String(place?.database)}`]
  if (status !== 'suspended') complaints.push(`${slug} is ${status}`)
  // Every epoch that anybody was told of before is over in the database that was left.
  const epochs = async (database: string) =>
    Number((await ground.ask(database, 'select min(epoch)::text as epoch from crm.identity'))[0]?.['epoch'])
  if ((await epochs(names.left)) <= (await epochs(names.database)))
    complaints.push('the database that was left takes writes')
  await setState(ground, slug, 'active')
  const why = { reason: 'look', access: 'write', requestId: 'matrix' } as const
  const grant = await ground.app.grants.forOperator('matrix', slug, why)
  const pipelines = await ground.dataSources.withTenantWriter(grant, (db) => db.pipelines.list())
  if (pipelines.length !== 1) complaints.push(`${pipelines.length} pipelines instead of 1`)
  await using run = await claimDeletion(ground.app, { slug, input: { withoutDatabase: false }, startedBy: 'matrix' })
  await deleteTenant({
    app: ground.app,
    adminAt: () => ground.server,
    appAdmin: ground.appAdmin,
    operatorName: 'matrix',
    slug,
    exportFolder: join(ground.folder, slug),
    withoutDatabase: false,
    files: undefined,
    endTransfer: () => Promise.resolve({}),
    run,
  })
  await run.finish('done')
  return [...complaints, ...(await findOrphans(ground))]
}
