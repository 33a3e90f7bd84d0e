import type { TenantId } from '@tenantry/contracts/ids'
import type { SealedColumn } from './columns.ts'

export interface SealedValue {
  tenantId: TenantId
  slug: string
  column: SealedColumn
  sealed: string
}

/** A value with what is to stand in its place. */
export interface ResealedValue extends SealedValue {
  resealed: string
}
