import { isTenantryError, TenantryError } from '@tenantry/errors'
import { compareFiles, sweepFiles, uploadGraceMs } from '@tenantry/fleet/compare-files'
import { deletedTenants } from '@tenantry/fleet/leftovers'
import { randomUUID } from 'node:crypto'
import { withAccess, type Access } from './access.ts'
import { askToGoOn } from './manners/consent.ts'
import { sweepEach, type Sweeper } from './sweep-run.ts'

/** A tenant whose files and records differ, or files whose tenant is gone. */
export interface FilesFinding {
  /** The slug, or the id of a tenant that was deleted. */
  owner: string
  /** Null for a tenant that was deleted. */
  slug: string | null
  tenantId: string
  /** Records without a file. */
  missing: number
  /** Files without a record. */
  unnamed: number
}

/** Null where no place for files is configured. A tenant whose database cannot be reached is among the tenants already. */
export async function lookAtFiles(access: Access): Promise<FilesFinding[] | null> {
  if (access.files === undefined) return null
  const found: FilesFinding[] = []
  for (const { id: tenantId, slug, status } of await access.app.db.tenants.listForOperator()) {
    if (status === 'archived') continue
    const differences = await differencesOf(access, { tenantId, slug })
    const [missing, unnamed] = [differences?.missing.length ?? 0, differences?.unnamed.length ?? 0]
    if (missing > 0 || unnamed > 0) found.push({ owner: slug, slug, tenantId, missing, unnamed })
  }
  const deleted = await deletedTenants(access.app)
  for await (const tenantId of access.files.owners()) {
    if (deleted.has(tenantId)) found.push({ owner: tenantId, slug: null, tenantId, missing: 0, unnamed: 0 })
  }
  return found
}

/** Removes files without a record, after asking, and gives what still differs. */
export async function sweepFilesOf(sweeper: Sweeper, found: FilesFinding[] | null): Promise<FilesFinding[] | null> {
  const { shell, options } = sweeper
  const swept = (found ?? []).filter(({ slug, unnamed }) => slug === null || unnamed > 0)
  if (swept.length === 0) return found
  const names = swept.map(({ owner, slug, unnamed }) => `  ${slug === null ? 'all' : unnamed} files of ${owner}`)
  await askToGoOn(shell, options, `${names.join('\n')}\nRemove these?`)
  return await withAccess(shell, async (access) => {
    await sweepEach(sweeper, access, {
      items: swept,
      subject: 'files',
      title: 'Sweeping files',
      nameOf: ({ owner }) => `files of ${owner}`,
      sweepOne: (finding) => sweepOne(access, finding),
    })
    return await lookAtFiles(access)
  })
}

async function sweepOne(access: Access, { tenantId, slug }: FilesFinding): Promise<{ removed: number | 'all' }> {
  const files = access.files?.of(tenantId)
  if (files === undefined) return { removed: 0 }
  if (slug === null) {
    await files.removeAll()
    return { removed: 'all' }
  }
  // Looked at anew: somebody may have taken long to say yes.
  const differences = await differencesOf(access, { tenantId, slug })
  if (differences === undefined) throw new TenantryError('TENANT_DATABASE_UNREACHABLE')
  return { removed: await sweepFiles(files, differences.unnamed, tooOld()) }
}

/** Undefined for a tenant whose database does not answer, or does not know files yet. */
async function differencesOf(
  { app, dataSources, files, operatorName }: Access,
  of: { tenantId: string; slug: string },
) {
  if (files === undefined) return undefined
  const why = { reason: 'tenantry doctor', access: 'read', requestId: randomUUID() } as const
  try {
    return await compareFiles({
      dataSources,
      files: files.of(of.tenantId),
      grant: () => app.grants.forOperator(operatorName, of.slug, why),
      olderThan: tooOld(),
    })
  } catch (error) {
    if (isTenantryError(error) && error.code !== 'FILE_STORE_UNAVAILABLE') return undefined
    throw error
  }
}

function tooOld(): Date {
  return new Date(Date.now() - uploadGraceMs)
}
