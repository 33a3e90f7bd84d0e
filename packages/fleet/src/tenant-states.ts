import type { AppDbConnection } from '@tenantry/app-db/open'
import type { Keyring } from '@tenantry/credentials/keyring'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { byOwnLogins } from './serving-power.ts'
import { setTenantState } from './set-tenant-state.ts'
import { findTenant } from './tenant-place.ts'

export interface StateChange {
  slug: string
  state: 'active' | 'suspended'
  /** Who asked for it, as the journal names them. */
  startedBy: string
  /** Says it in the application database, in their name. */
  setStatus: () => Promise<void>
}

export interface TenantStates {
  /** Throws RUN_IN_PROGRESS while somebody else does the same, and what the tenant's database answers. */
  change(change: StateChange): Promise<{ ended: number }>
}

/**
 * Suspends and resumes tenants as `tenantry tenant suspend` does, for a server process: with the tenants' own logins, and
 * in the same journal.
 */
export function openTenantStates(access: { app: AppDbConnection; keyring: Keyring }): TenantStates {
  const { app } = access
  return {
    async change({ slug, state, startedBy, setStatus }) {
      const { tenantId } = await findTenant(app, slug)
      const kind = state === 'active' ? 'tenant.resume' : 'tenant.suspend'
      await using run = await app.runs.start({ kind, subject: slug, tenantId, input: {}, startedBy })
      try {
        const result = await setTenantState({ app, power: byOwnLogins(access), slug, state, setStatus, run })
        await run.finish('done')
        return result
      } catch (error) {
        if (!run.signal.aborted) await run.finish('failed').catch(() => undefined)
        throw state === 'suspended' ? await halfSuspended(app, slug, error) : error
      }
    },
  }
}

/** The status alone keeps every process from writing; what is missing is that the database would refuse it as well. */
async function halfSuspended(app: AppDbConnection, slug: string, error: unknown): Promise<unknown> {
  if (!isTenantryError(error) || (await findTenant(app, slug)).status !== 'suspended') return error
  return new TenantryError(error.code, {
    message: `${error.message} The company is suspended in every process, but its logins keep their rights in its database. Run tenantry tenant suspend ${slug} when it can be reached.`,
    cause: error,
  })
}
