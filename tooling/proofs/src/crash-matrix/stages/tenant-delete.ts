import type { NewTenantInput } from '@tenantry/contracts/new-tenant'
import { adoptDatabase } from '@tenantry/fleet/adopt-database'
import { claimAdoption } from '@tenantry/fleet/claim-run'
import { rotatePassword, rotatePasswordKind } from '@tenantry/fleet/rotate-password'
import { cutOver } from '@tenantry/tenant-transfer/cutover'
import { runTransfer } from '@tenantry/tenant-transfer/run'
import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { companyFor, copyDatabase, createCompany, setState } from '../company.ts'
import { findOrphans } from '../account-for.ts'
import { plainTarget, type Ground } from '../ground.ts'
import { companyOfOldSystem, streamsOf } from '../old-system.ts'
import type { DeleteProgramInput } from '../programs/tenant-delete.ts'
import type { CrashStage } from '../stage.ts'

/** What a company may have behind it when it is deleted. */
type Past = 'a move' | 'an adoption' | 'a rotation'

/** A deletion that was killed anywhere and is run again leaves nothing but the export. */
export function tenantDelete(placement: 'dedicated' | 'shared', past?: Past): CrashStage {
  return {
    name: `tenant delete, ${placement}${past === undefined ? '' : `, after ${past}`}`,
    program: 'tenant-delete.ts',
    async begin(ground, count) {
      const { server } = ground
      const name = `drop-${placement}${past === undefined ? '' : past.replace(/^an? /, '-')}`
      const tenant = companyFor(name, count, placement)
      const { plan } = await createCompany(ground, tenant)
      const legacyTenantId = past === undefined ? undefined : await live(ground, tenant, past)
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
        examine: () => examine(ground, { ...plan, exportFolder, email: tenant.owner.email, legacyTenantId }),
      }
    },
  }
}

/** Gives what the old tables called a company that moved in. */
async function live(ground: Ground, { slug, database }: NewTenantInput, past: Past): Promise<string | undefined> {
  const { app, appTarget, keyring, server } = ground
  const operatorName = 'matrix'
  switch (past) {
    case 'a move': {
      const { options, legacyTenantId } = await companyOfOldSystem(ground, slug)
      await runTransfer(options)
      await cutOver({ ...options, applicationRole: appTarget.user ?? '' })
      return legacyTenantId
    }
    case 'an adoption': {
      await setState(ground, slug, 'suspended')
      const copy = await copyDatabase(ground, database)
      const input = { database: copy, server: 'main' }
      await using run = await claimAdoption(app, { slug, input, startedBy: operatorName })
      const where = { server, adminAt: () => server, database: copy, region: 'matrix' }
      await adoptDatabase({ app, keyring, operatorName, slug, run, ...where })
      await run.finish('done')
      return undefined
    }
    case 'a rotation': {
      const what = { kind: rotatePasswordKind, subject: slug, input: { login: 'serving' }, startedBy: operatorName }
      await using run = await app.runs.resumeOrStart(what)
      await rotatePassword({ app, server, keyring, operatorName, slug, login: 'serving', run, graceMs: 0 })
      await run.finish('done')
      return undefined
    }
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
    legacyTenantId: string | undefined
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
  if (gone.legacyTenantId !== undefined) {
    complaints.push(...(await streamsOf(ground, gone.legacyTenantId)))
    await left('an old row', application, 'select from public.accounts where tenant_id = $1', gone.legacyTenantId)
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
