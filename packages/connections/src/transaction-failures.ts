import { TenantryError } from '@tenantry/errors'
import type { LinkLost } from './link-failures.ts'

/** The connection died between the sending of COMMIT and its answer. */
export function unknownOutcome(why: LinkLost): TenantryError {
  return new TenantryError('COMMIT_UNKNOWN', { detail: { reason: why.message } })
}

/** COMMIT was answered with something else than COMMIT. */
export function rolledBack(answer: string | null | undefined): TenantryError {
  return new TenantryError('TRANSACTION_ROLLED_BACK', {
    detail: { reason: `a statement had failed; the server answered ${answer ?? 'nothing'}` },
  })
}

export function handleClosed(reason: string): TenantryError {
  return new TenantryError('HANDLE_CLOSED', { detail: { reason } })
}
