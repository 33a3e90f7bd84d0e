import type { AppDbConnection } from '@tenantry/app-db/open'
import type { Run } from '@tenantry/app-db/runs'
import { withAdminConnection } from '@tenantry/connections/admin'
import type { TenantStatus } from '@tenantry/contracts/session'
import { endWork, loginsOf, setServing, type Serving } from '@tenantry/tenant-db/serving'
import { findTenant, type AdminAt, type TenantPlace } from './tenant-place.ts'

export interface SetTenantStateOptions {
  app: Pick<AppDbConnection, 'db' | 'runs'>
  adminAt: AdminAt
  operatorName: string
  slug: string
  state: TenantStatus
  run: Run
  onProgress?: (step: string) => void
}

const serving: Record<TenantStatus, Serving> = { active: 'all', suspended: 'reading', archived: 'none' }

/**
 * Suspends a tenant (its data is read and not changed), archives it (nobody reaches it) or takes both back. The status
 * refuses the next request; the rights of its logins refuse whatever was on its way, in every process; what is under way
 * is ended. Gives how many connections that were.
 */
export async function setTenantState(options: SetTenantStateOptions): Promise<{ ended: number }> {
  const { app, operatorName, slug, state, run, onProgress } = options
  const { place } = await findTenant(app, slug)
  const setStatus = async () => {
    onProgress?.('status')
    await app.db.tenants.setStatus(operatorName, slug, state)
    return {}
  }
  const setLogins = async () => {
    onProgress?.('logins')
    return place === null ? { ended: 0 } : await applyServing(options, place)
  }
  if (state !== 'active') await run.unit('status', setStatus)
  const { ended } = await run.unit('logins', setLogins)
  // Given back from below: whoever is let in again finds everything as it was.
  if (state === 'active') await run.unit('status', setStatus)
  return { ended }
}

async function applyServing({ adminAt, state }: SetTenantStateOptions, place: TenantPlace): Promise<{ ended: number }> {
  const { host, port, database, tenantIdInDataSource, appRole: current } = place
  return await withAdminConnection({ ...adminAt({ host, port }), database }, async (run) => {
    const logins = await loginsOf(run, tenantIdInDataSource)
    await setServing(run, { ...logins, current }, serving[state])
    return state === 'active' ? { ended: 0 } : await endWork(run, [...logins.serving, ...logins.service])
  })
}
