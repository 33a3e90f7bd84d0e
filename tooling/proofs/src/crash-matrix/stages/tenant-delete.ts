import { claimCreation } from '@tenantry/fleet/claim-run'
import { createTenant } from '@tenantry/fleet/create-tenant'
import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { companyFor } from '../company.ts'
import { findOrphans } from '../account-for.ts'
import { plainTarget, type Ground } from '../ground.ts'
import type { DeleteProgramInput } from '../programs/tenant-delete.ts'
import type { CrashStage } from '../stage.ts'

/** A deletion that was killed anywhere and is run again leaves nothing but the export. */
export function tenantDelete(placement: 'dedicated' | 'shared'): CrashStage {
  return {
    name: `tenant delete, ${placement}`,
    program: 'tenant-delete.ts',
    async begin(ground, count) {
      const { app, dataSources, keyring, server } = ground
      const tenant = companyFor(`drop-${placement}`, count, placement)
      const run = await claimCreation(app, tenant, 'matrix')
      const { plan } = await createTenant({ app, dataSources, keyring, operatorName: 'matrix', server, run })
      await run.finish('done')
      const exportFolder = join(ground.folder, tenant.slug)
      const input: DeleteProgramInput = {
        app: plainTarget(ground.appTarget),
        appAdmin: plainTarget(ground.appAdmin),
        server: plainTarget(server),
        slug: tenant.slug,
        exportFolder,
      }
      return {
        input: { ...input },
        examine: () => examine(ground, { ...plan, exportFolder, email: tenant.owner.email }),
      }
    },
  }
}

async function examine(
  ground: Ground,
  gone: {
    slug: string
    tenantId: string
    tenantIdInDataSource: string
    placement: string
    database: string
    exportFolder: string
    email: string
  },
): Promise<string[]> {
  const complaints = await findOrphans(ground)
  const left = async (what: string, database: string, text: string, parameter: string) => {
    if ((await ground.ask(database, text, [parameter])).length > 0) complaints.push(`${what} of ${gone.slug} is left`)
  }
  const { database: application } = ground.appAdmin
  await left('the record', application, 'select from app.tenants where slug = $1', gone.slug)
  await left('a membership', application, 'select from app.memberships where tenant_id = $1', gone.tenantId)
  await left('an invitation', application, 'select from app.invitations where tenant_id = $1', gone.tenantId)
  await left('the owner', application, 'select from app.users where email = $1', gone.email)
  if (gone.placement === 'shared') {
    const { tenantIdInDataSource: id } = gone
    await left('an identity', gone.database, 'select from crm.identity where tenant_id = $1', id)
    await left('a pipeline', gone.database, 'select from crm.pipelines where tenant_id = $1', id)
  }
  for (const file of ['manifest.json', 'pipelines.jsonl']) {
    if (!existsSync(join(gone.exportFolder, file))) complaints.push(`the export of ${gone.slug} lacks ${file}`)
  }
  const isUnfinished = (name: string) =>
    name.startsWith(`${basename(gone.exportFolder)}.`) && name.endsWith('.unfinished')
  if (readdirSync(dirname(gone.exportFolder)).some(isUnfinished))
    complaints.push(`an unfinished export of ${gone.slug} is left`)
  return complaints
}
