import type { Target } from '@tenantry/connections/target'
import { ensureLegacyDatabase } from '@tenantry/tenant-transfer/legacy'

/** A company of the old system that is there to be moved in, and one that stays. */
export const movingCompanyId = '5f0f7c1e-3c54-4d8e-9a53-2b7b1c5e0a11'
const stayingCompanyId = '9b1f4a6e-7d20-4c0b-8f3e-1d2c3b4a5f60'

/** The tables of the old system in the application database, as `docs/runbooks/move-a-company-in.md` finds them. */
export function ensureLegacyTables(admin: Target): Promise<void> {
  return ensureLegacyDatabase(admin, {
    // Nobody logs in as it here.
    legacyRole: 'old_system',
    companies: [movingCompanyId, stayingCompanyId].map((legacyTenantId) => ({ legacyTenantId, memberIds: [] })),
  })
}
