import type { AppDbConnection } from '@tenantry/app-db/open'
import type { Run } from '@tenantry/app-db/runs'
import type { TenantStatus } from '@tenantry/contracts/session'
import type { Serving } from '@tenantry/tenant-db/serving'
import type { ServingPower } from './serving-power.ts'
import { findTenant } from './tenant-place.ts'

export interface SetTenantStateOptions {
  app: Pick<AppDbConnection, 'db' | 'runs'>
  /** Who takes rights from the tenant's logins, or gives them back. */
  power: ServingPower
  slug: string
  state: TenantStatus
  /** Says it in the application database, in the name of whoever asked for it. */
  setStatus: () => Promise<void>
  run: Run
  onProgress?: (step: string) => void
}

/** What the logins of a tenant may do in its database. */
export const servingOf: Record<TenantStatus, Serving> = { active: 'all', suspended: 'reading', archived: 'none' }

/**
 * Suspends a tenant (its data is read and not changed), archives it (nobody reaches it) or takes both back. The status
 * refuses the next request; the rights of its logins refuse whatever was on its way, in every process; what is under way
 * is ended. Gives how many connections that were.
 */
export async function setTenantState(options: SetTenantStateOptions): Promise<{ ended: number }> {
  const { app, power, slug, state, run, onProgress } = options
  const { place } = await findTenant(app, slug)
  const setStatus = async () => {
    onProgress?.('status')
    await options.setStatus()
    return {}
  }
  const setLogins = async () => {
    onProgress?.('logins')
    return place === null ? { ended: 0 } : await power.apply({ slug, place }, servingOf[state])
  }
  if (state !== 'active') await run.unit('status', setStatus)
  const { ended } = await run.unit('logins', setLogins)
  // Given back from below: whoever is let in again finds everything as it was.
  if (state === 'active') await run.unit('status', setStatus)
  return { ended }
}
