import { isTenantryError, TenantryError } from '@tenantry/errors'

/**
 * By the name of a constraint, or by SQLSTATE where Postgres computes something of the input: which field of the form it
 * is about, and what to say there.
 */
export type Refusals = Record<string, { field: string; message: string }>

/** A refusal by the database, told to whoever filled in the form. Any other failure stays as it is. */
export function explainRefusal(error: unknown, refusals: Refusals): unknown {
  if (!isTenantryError(error, 'RULE_VIOLATED')) return error
  const constraint = error.detail?.['constraint'] ?? error.detail?.['sqlstate']
  const refusal = typeof constraint === 'string' ? refusals[constraint] : undefined
  if (refusal === undefined) return error
  const { message, field } = refusal
  return new TenantryError('RULE_VIOLATED', { message, data: { field }, detail: { constraint }, cause: error })
}
