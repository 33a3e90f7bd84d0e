import { isTenantryError, TenantryError } from '@tenantry/errors'
import type { ErrorCode } from '@tenantry/errors/codes'
import { isRefusedEpoch } from '@tenantry/tenant-db/epoch'
import { BrokenCircuitError } from 'cockatiel'

/** Failures of any database become failures of this tenant's database; everything else passes as it is. */
export function translateFailure(error: unknown, tenantId: string): unknown {
  const isBroken = error instanceof BrokenCircuitError
  const code = isBroken ? 'TENANT_DATABASE_UNREACHABLE' : codeFor(error)
  if (code === undefined) return error
  const known = isTenantryError(error) ? error.retryAfterSeconds : undefined
  const retryAfterSeconds = known ?? patienceAfter(code)
  return new TenantryError(code, {
    detail: { tenantId },
    cause: error,
    stack: isBroken || code === 'TENANT_DATABASE_BUSY' ? 'none' : undefined,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  })
}

/** After an outage until the breaker tries again. A refused login has to wait for somebody to repair it. */
function patienceAfter(code: ErrorCode): number | undefined {
  if (code === 'TENANT_DATABASE_REFUSED') return undefined
  return code === 'TENANT_DATABASE_MOVED' ? 1 : 5
}

/** What opens the breaker: the database is away. Not what a record, a rule or a full queue answers. */
export function isOutage(error: unknown): boolean {
  const code = codeFor(error)
  return code === 'TENANT_DATABASE_UNREACHABLE' || code === 'TENANT_DATABASE_TIMEOUT'
}

/** A right that is gone, a session that an administrator ended, a login that is refused: how a suspension is met from below. */
export function looksLikeSuspension(error: unknown): boolean {
  const state = isTenantryError(error) ? error.detail?.['sqlstate'] : undefined
  return typeof state === 'string' && /^(42501|57P01|28)/.test(state)
}

/** What somebody must look at: a database or credential that is not this tenant's. */
export function isConfusion(code: ErrorCode): boolean {
  return code === 'TENANT_DATABASE_MISMATCH' || code === 'TENANT_DATABASE_REFUSED' || code.startsWith('CREDENTIAL_')
}

function codeFor(error: unknown): ErrorCode | undefined {
  if (!isTenantryError(error)) return undefined
  switch (error.code) {
    case 'CONNECTION_REFUSED':
      return codeOfRefusal(error.detail ?? {})
    case 'CONNECTION_LOST':
      return 'TENANT_DATABASE_UNREACHABLE'
    case 'STATEMENT_TIMEOUT':
      return 'TENANT_DATABASE_TIMEOUT'
    case 'DATABASE_BUSY':
      return 'TENANT_DATABASE_BUSY'
    default:
      return isRefusedEpoch(error) ? 'TENANT_DATABASE_MOVED' : undefined
  }
}

function codeOfRefusal({ reason, sqlstate }: Record<string, unknown>): ErrorCode {
  // The server's last words count, also when the connection was gone before they had been taken for an answer.
  if (typeof sqlstate === 'string' && /^(28|3D000|42501)/.test(sqlstate)) return 'TENANT_DATABASE_REFUSED'
  if (reason === 'full' || sqlstate === '53300') return 'TENANT_DATABASE_BUSY'
  return reason === 'timeout' ? 'TENANT_DATABASE_TIMEOUT' : 'TENANT_DATABASE_UNREACHABLE'
}
