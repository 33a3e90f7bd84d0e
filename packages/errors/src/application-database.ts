import type { ErrorCode } from './codes.ts'
import { isTenantryError, TenantryError } from './tenantry-error.ts'

const connectionFailures: ReadonlySet<ErrorCode> = new Set([
  'CONNECTION_LOST',
  'CONNECTION_REFUSED',
  'DATABASE_BUSY',
  'STATEMENT_TIMEOUT',
])

/**
 * What went wrong with the application database, by a name of its own: a connection failure that is passed on as it is
 * would look like one of a tenant's database. Everything else stays as it is.
 */
export function asApplicationFailure(error: unknown): unknown {
  if (!isTenantryError(error) || !connectionFailures.has(error.code)) return error
  return new TenantryError('APP_DATABASE_UNAVAILABLE', {
    cause: error,
    retryAfterSeconds: error.retryAfterSeconds ?? 2,
  })
}
