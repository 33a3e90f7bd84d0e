import type { AppDbConnection } from '@tenantry/app-db/open'
import type { NewRun, Run } from '@tenantry/app-db/runs'
import type { LoginKind } from '@tenantry/app-db/types'
import type { NewTenantInput } from '@tenantry/contracts/new-tenant'
import { TenantryError } from '@tenantry/errors'
import { isDeepStrictEqual } from 'node:util'
import { adoptTenantKind } from './adoption.ts'
import { deleteTenantKind } from './delete-tenant.ts'
import { rotatePasswordKind } from './keys/rotate-password.ts'
import { createTenantKind } from './tenant-plan.ts'

type App = Pick<AppDbConnection, 'db' | 'runs'>

/**
 * The run of a creation: the one that was interrupted while its tenant is there, else a new one, since before the record
 * nothing is made. Throws CONFLICT when the interrupted one was asked for with other settings, RUN_IN_PROGRESS while it lives.
 */
export async function claimCreation({ db, runs }: App, input: NewTenantInput, startedBy: string): Promise<Run> {
  const { slug } = input
  const what = { kind: createTenantKind, subject: slug }
  const present = await db.tenants.findForOperator(slug)
  const run = present === undefined ? undefined : await runs.resume(what)
  if (run === undefined) return await runs.start({ ...what, input, startedBy })
  if (isDeepStrictEqual(run.input, input)) return run
  await run.finish('interrupted')
  throw new TenantryError('CONFLICT', {
    message: `The creation of ${slug} was interrupted and had been asked for with other settings. Repeat those, or remove what is there with: pnpm tenantry tenant delete ${slug}`,
  })
}

/** The run of an adoption: the one that was interrupted, unless it was about another database. */
export async function claimAdoption(
  { runs }: Pick<App, 'runs'>,
  { slug, input, startedBy }: { slug: string; input: { database: string; server: string }; startedBy: string },
): Promise<Run> {
  const what = { kind: adoptTenantKind, subject: slug }
  const run = await runs.resume(what)
  if (run === undefined) return await runs.start({ ...what, input, startedBy })
  if (isDeepStrictEqual(run.input, input)) return run
  await run.finish('interrupted')
  return await runs.start({ ...what, input, startedBy })
}

/** The run of a deletion: the one that was interrupted, unless it was about another tenant of this slug. */
export async function claimDeletion(
  app: App,
  { slug, input, startedBy }: { slug: string; input: { withoutDatabase: boolean }; startedBy: string },
): Promise<Run> {
  return await claimForTenant(app, slug, { kind: deleteTenantKind, subject: slug, input, startedBy })
}

/** The run of a change of password: the one that was interrupted, unless it was about another tenant of this slug. */
export async function claimRotation(
  app: App,
  { slug, login, startedBy }: { slug: string; login: LoginKind; startedBy: string },
): Promise<Run> {
  const subject = login === 'serving' ? slug : `${slug} ${login}`
  return await claimForTenant(app, slug, { kind: rotatePasswordKind, subject, input: { login }, startedBy })
}

/** A slug may have been another tenant's, whose logins and databases an older journal names. */
async function claimForTenant({ db, runs }: App, slug: string, what: NewRun): Promise<Run> {
  const run = await runs.resume(what)
  const present = await db.tenants.findForOperator(slug)
  if (run !== undefined) {
    if (present === undefined || run.tenantId === null || run.tenantId === present.id) return run
    await run.finish('interrupted')
  }
  return await runs.start({ ...what, tenantId: present?.id ?? null })
}
