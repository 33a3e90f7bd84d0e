import { createMovingCompany } from '@tenantry/testing/moving-company'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'

export { legacyId, stayingId } from '@tenantry/testing/moving-company'

export const placements = ['dedicated', 'shared'] as const

/** In the shared placement the tenant beside it has the same database, in the dedicated one it is on another server. */
export function stageMove(placement: (typeof placements)[number], { isEmpty = false } = {}) {
  const home = placement === 'shared' ? { server: mainServer(), database: 'both' } : { server: elsewhereServer() }
  return createMovingCompany({ appServer: mainServer(), home, isEmpty })
}
