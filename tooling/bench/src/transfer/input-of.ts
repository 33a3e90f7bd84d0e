import type { Target } from '@tenantry/connections/target'
import type { createMovingCompany } from '@tenantry/testing/moving-company'
import type { Login, TransferInput } from './input.ts'

/** What the program of a company that moves is told. */
export function inputOf(
  moving: Awaited<ReturnType<typeof createMovingCompany>>,
  rows: number,
): Omit<TransferInput, 'way'> {
  return {
    rows,
    source: loginOf(moving.options.source),
    appLogin: loginOf(moving.world.appTarget),
    target: loginOf(moving.acme.admin),
    keys: moving.world.keys,
    slug: 'acme',
    legacyTenantId: moving.legacyTenantId,
    tenantIdInDataSource: moving.acme.tenantIdInDataSource,
    applicationRole: moving.applicationRole,
  }
}

function loginOf({ host, port, database, user, password }: Target): Login {
  return { host, port, database, user, password: password() }
}
