import { TenantryError } from '@tenantry/errors'

/** Throws NOT_FOUND for no row: it does not exist, or belongs to another tenant, which row security makes the same. */
export function found<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new TenantryError('NOT_FOUND')
  return row
}
