import type { ResealedValue, SealedValue, SealedValuesRepository } from '@tenantry/app-db/types'
import type { Keyring } from '@tenantry/credentials/keyring'
import { resealValues, type UnopenedValue } from './reseal-values.ts'

/** What the application database keeps sealed, as its repository gives it. */
export type SealedValues = Pick<SealedValuesRepository, 'countByKey' | 'notUnder' | 'replace'>

export interface RotateKeysOptions {
  sealedValues: SealedValues
  /** Its first key seals; the others open what they once sealed. */
  keyring: Keyring
  /** Who the audit log will name. */
  operatorName: string
  /** Values in one transaction. Default 500. */
  batchSize?: number
  /** Surrounds the writing of a batch, to note it down in a journal. */
  inBatch?: (batch: number, write: () => Promise<WrittenBatch>) => Promise<WrittenBatch>
  /** Opens and counts, writes nothing. */
  isDryRun?: boolean
  /** Ends the rotation after the batch under way. */
  signal?: AbortSignal
  /** After each batch; `total` is what was found at the beginning. */
  onProgress?: (progress: { done: number; total: number }) => void
}

/** How many values of a batch took their place, and how many had been changed by somebody else. */
export type WrittenBatch = { resealed: number; changedMeanwhile: number }

export interface KeyRotation {
  /** The key everything is to be sealed under. */
  keyId: string
  /** With `isDryRun`: what would have been. */
  resealed: number
  /** Changed by somebody else between reading and writing; looked at again in the next pass. */
  changedMeanwhile: number
  unopened: UnopenedValue[]
  /** Values under another key when it ended. Zero means that the other keys can be taken out of the keyring. */
  remaining: number
  isInterrupted: boolean
  batches: number
}

/**
 * Seals everything under the keyring's first key, values of the legacy form among it, in batches that each commit by
 * themselves: what ended it, a second run finds only what is left. Requests go on meanwhile; a value that somebody changes
 * in between is not overwritten. Several at once harm nothing. Passes are made until one finds nothing to do, so what a
 * process with an older keyring seals meanwhile is not missed.
 */
export async function rotateKeys(options: RotateKeysOptions): Promise<KeyRotation> {
  const { sealedValues, keyring, signal } = options
  const keyId = keyring.primaryKeyId
  const total = await countRemaining(sealedValues, keyId)
  const found: KeyRotation = {
    keyId,
    resealed: 0,
    changedMeanwhile: 0,
    unopened: [],
    remaining: total,
    isInterrupted: false,
    batches: 0,
  }
  for (;;) {
    const before = found.resealed + found.changedMeanwhile
    found.unopened = []
    await passOver(options, found, total)
    found.remaining = await countRemaining(sealedValues, keyId)
    found.isInterrupted = signal?.aborted ?? false
    const hasChanged = found.resealed + found.changedMeanwhile > before
    if (found.isInterrupted || options.isDryRun || found.remaining === 0 || !hasChanged) return found
  }
}

/** Values that another key than this one has sealed, or none that is known. */
export async function countRemaining(sealedValues: Pick<SealedValues, 'countByKey'>, keyId: string): Promise<number> {
  const counts = await sealedValues.countByKey()
  return counts.filter((row) => row.keyId !== keyId).reduce((sum, row) => sum + row.count, 0)
}

async function passOver(options: RotateKeysOptions, found: KeyRotation, total: number): Promise<void> {
  const { sealedValues, keyring, batchSize = 500, signal, onProgress } = options
  let after: SealedValue | undefined
  while (!signal?.aborted) {
    const values = await sealedValues.notUnder(keyring.primaryKeyId, { after, limit: batchSize })
    after = values.at(-1)
    if (after === undefined) return
    const { resealed, unopened } = resealValues(keyring, values)
    const written = await writeBatch(options, ++found.batches, resealed)
    found.resealed += written.resealed
    found.changedMeanwhile += written.changedMeanwhile
    found.unopened.push(...unopened)
    onProgress?.({ done: Math.min(total, found.resealed), total })
  }
}

function writeBatch(options: RotateKeysOptions, batch: number, values: ResealedValue[]): Promise<WrittenBatch> {
  const { sealedValues, operatorName, isDryRun, inBatch = (_, write) => write() } = options
  if (isDryRun === true) return Promise.resolve({ resealed: values.length, changedMeanwhile: 0 })
  return inBatch(batch, async () => {
    const resealed = await sealedValues.replace(operatorName, values)
    return { resealed, changedMeanwhile: values.length - resealed }
  })
}
