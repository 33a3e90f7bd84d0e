import { TenantryError } from '@tenantry/errors'

/** Throws RULE_VIOLATED when the list of a field names one thing twice, which the table could not hold. */
export function assertOnce(keys: readonly string[], { field, message }: { field: string; message: string }): void {
  if (new Set(keys).size < keys.length) throw new TenantryError('RULE_VIOLATED', { message, data: { field } })
}
