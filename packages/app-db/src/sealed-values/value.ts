import type { TenantId } from '@tenantry/contracts/ids'
import type { SealedColumn } from './columns.ts'

export interface SealedValue {
  tenantId: TenantId
  slug: string
  column: SealedColumn
  /** The key of the row that it stands in; the tenant's own id where a tenant has one row. */
  rowId: string
  sealed: string
}

/** A value with what is to stand in its place. */
export interface ResealedValue extends SealedValue {
  resealed: string
}
