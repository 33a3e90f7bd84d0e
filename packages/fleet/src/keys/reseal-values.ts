import type { ResealedValue, SealedValue } from '@tenantry/app-db/types'
import type { Keyring } from '@tenantry/credentials/keyring'
import { reseal } from '@tenantry/credentials/seal'
import { isTenantryError } from '@tenantry/errors'
import type { ErrorCode } from '@tenantry/errors/codes'

/** A value that nobody can open: its key is not in the keyring, or it is not what was once sealed. */
export interface UnopenedValue extends Pick<SealedValue, 'tenantId' | 'slug' | 'column'> {
  code: ErrorCode
}

/** Opens each value and seals it under the keyring's first key. One that does not open is told and left alone. */
export function resealValues(
  keyring: Keyring,
  values: readonly SealedValue[],
): { resealed: ResealedValue[]; unopened: UnopenedValue[] } {
  const resealed: ResealedValue[] = []
  const unopened: UnopenedValue[] = []
  for (const value of values) {
    const { tenantId, slug, column, rowId, sealed } = value
    try {
      resealed.push({ ...value, resealed: reseal(keyring, sealed, { tenantId, column, rowId }) })
    } catch (error) {
      if (!isTenantryError(error)) throw error
      unopened.push({ tenantId, slug, column, code: error.code })
    }
  }
  return { resealed, unopened }
}
