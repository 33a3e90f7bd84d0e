import { isTenantryError } from '@tenantry/errors'
import type { ErrorCode } from '@tenantry/errors/codes'

/** What a turn can do nothing about, and what is likely to be over by the next one. */
const passing: readonly ErrorCode[] = [
  'TENANT_DATABASE_UNREACHABLE',
  'TENANT_DATABASE_TIMEOUT',
  'TENANT_DATABASE_BUSY',
  'TENANT_DATABASE_MOVED',
  'TENANT_SCHEMA_BEHIND',
  'TENANT_SUSPENDED',
  'TENANT_ARCHIVED',
]

/**
 * One tenant's turn, of a kind that comes again by itself. A database that is away while it lasts is no failure of the turn:
 * the health checker tells operators of it, once, and the next turn does what is due by then. Says whether it came to an end.
 */
export async function untilNextTurn(turn: () => Promise<void>): Promise<boolean> {
  try {
    await turn()
    return true
  } catch (error) {
    if (isTenantryError(error) && passing.includes(error.code)) return false
    throw error
  }
}
