import { parseTarget, type Target } from '@tenantry/connections/target'
import type { BenchWorld } from './world.ts'

/** The application's own login. */
export function appTargetOf({ appDatabaseUrl }: BenchWorld): Target {
  return targetOf(appDatabaseUrl)
}

/** The superuser on the tenant's database. */
export function adminTargetOf({ rawDatabaseUrl }: BenchWorld): Target {
  return targetOf(rawDatabaseUrl)
}

function targetOf(url: string): Target {
  const { user = '', password = '', ...address } = parseTarget(url)
  return { ...address, user, password: () => password }
}
