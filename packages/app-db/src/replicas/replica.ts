import { parseTarget } from '@tenantry/connections/target'
import { TenantryError } from '@tenantry/errors'

/** A physical standby of a tenant's database. */
export interface Replica {
  /** `postgres://host:port/database` and TLS mode. */
  url: string
  region: string
}

/** Throws CONFIGURATION_INVALID for an address that names a role or holds a password. */
export function assertReplica({ url, region }: Replica): void {
  const { user, password } = parseTarget(url)
  if (user !== undefined || password !== undefined || region === '') {
    throw new TenantryError('CONFIGURATION_INVALID', {
      message: 'A replica has an address without role and password, and a region.',
    })
  }
}

/** As the database builds them. */
export function parseReplicas(value: unknown): Replica[] {
  return typeof value === 'string' ? (JSON.parse(value) as Replica[]) : (value as Replica[])
}

/** `host:port`. */
export function addressOf(url: string): string {
  const { host, port } = parseTarget(url)
  return `${host}:${port}`
}
