import type { SealedColumn, SealedValuesRepository } from '@tenantry/app-db/types'
import type { Keyring } from '@tenantry/credentials/keyring'

/** One key of the keyring, or one that stored values name and the keyring lacks. */
export interface KeyStatus {
  /** `legacy` stands for values of the form `iv:authTag:ciphertext`; null for values of no known form. */
  keyId: string | null
  /** The first one seals, each one opens; what is missing opens nothing. */
  role: 'seals' | 'opens' | 'missing'
  values: Partial<Record<SealedColumn, number>>
  total: number
}

/** What each key has sealed, the keyring's keys in their order first. Nothing is opened. */
export async function keyStatus(sealedValues: SealedValuesRepository, keyring: Keyring): Promise<KeyStatus[]> {
  const counts = await sealedValues.countByKey()
  const keyIds = new Set<string | null>([...keyring.ids, ...counts.map(({ keyId }) => keyId)])
  return [...keyIds].map((keyId) => {
    const mine = counts.filter((row) => row.keyId === keyId)
    return {
      keyId,
      role: roleOf(keyring, keyId),
      values: Object.fromEntries(mine.map(({ column, count }) => [column, count])),
      total: mine.reduce((sum, { count }) => sum + count, 0),
    }
  })
}

function roleOf(keyring: Keyring, keyId: string | null): KeyStatus['role'] {
  if (keyId === keyring.primaryKeyId) return 'seals'
  // Any key may have sealed a value of the legacy form, when none is named so.
  if (keyId !== null && (keyId === 'legacy' || keyring.ids.includes(keyId))) return 'opens'
  return 'missing'
}
