import type { ProvingLink } from '@tenantry/connections/pool'
import { isTenantryError, TenantryError } from '@tenantry/errors'

/**
 * Asks a new connection whose database it reached, before any business statement. Throws TENANT_DATABASE_MISMATCH when it
 * is another tenant's, or no tenant database at all.
 */
export async function proveIdentity(link: ProvingLink, tenantIdInDataSource: string): Promise<void> {
  // The login takes place with the first statement, and its refusals have the same states as an answer of the second.
  const [login, answer] = await Promise.allSettled([link.query('select 1'), link.query<{ tenant_id: string }>(question)])
  if (login.status === 'rejected') throw login.reason
  if (answer.status === 'rejected') {
    throw isAnswer(answer.reason) ? mismatch('it serves no tenant to this role') : answer.reason
  }
  const rows = answer.value
  if (rows.length !== 1 || rows[0]?.tenant_id !== tenantIdInDataSource) throw mismatch('it is of another tenant')
}

const question = 'select tenant_id::text as tenant_id from crm.current_identity()'

/** The server was reached and said no: unknown schema or function, no right to it, or no identity. */
function isAnswer(error: unknown): boolean {
  const state = isTenantryError(error) ? error.detail?.['sqlstate'] : error instanceof Error && 'code' in error && error.code
  return typeof state === 'string' && /^(28|3F|42)/.test(state)
}

function mismatch(reason: string): TenantryError {
  return new TenantryError('TENANT_DATABASE_MISMATCH', { detail: { reason } })
}
