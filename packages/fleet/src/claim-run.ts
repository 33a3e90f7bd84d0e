import type { AppDbConnection } from '@tenantry/app-db/open'
import type { Run } from '@tenantry/app-db/runs'
import type { NewTenantInput } from '@tenantry/contracts/new-tenant'
import { TenantryError } from '@tenantry/errors'
import { isDeepStrictEqual } from 'node:util'
import { adoptTenantKind } from './adoption.ts'
import { createTenantKind } from './create-tenant.ts'
import { deleteTenantKind } from './delete-tenant.ts'

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
  { db, runs }: App,
  { slug, input, startedBy }: { slug: string; input: { withoutDatabase: boolean }; startedBy: string },
): Promise<Run> {
  const what = { kind: deleteTenantKind, subject: slug }
  const run = await runs.resume(what)
  if (run === undefined) return await runs.start({ ...what, input, startedBy })
  const present = await db.tenants.findForOperator(slug)
  if (present === undefined || run.tenantId === null || run.tenantId === present.id) return run
  await run.finish('interrupted')
  return await runs.start({ ...what, input, startedBy })
}
