import { isFinal, type Payer } from './payer.ts'

/**
 * Asks the provider what became of payments and refunds that have been pending for so long that nobody comes back for them,
 * and writes it down; one that the provider never heard of is called off. Gives how many of its are pending still, younger
 * ones among them. Never waits for a provider within a transaction.
 */
export async function settlePending(
  { write, provider }: Pick<Payer, 'write' | 'provider'>,
  { olderThanSeconds, most }: { olderThanSeconds: number; most: number },
): Promise<{ settled: number; left: number }> {
  const of = { provider: provider.name, olderThanSeconds, most }
  const waiting = await write((db) => db.payments.underWay(of))
  let settled = 0
  for (const id of waiting) {
    const known = await provider.find(id).catch(() => 'silent' as const)
    if (known === 'silent' || (known !== undefined && !isFinal(known))) continue
    const { status, reference: providerRef } = known ?? { status: 'cancelled', reference: null }
    await write((db) => db.payments.settle({ id, status, providerRef }))
    settled++
  }
  const left = await write((db) => db.payments.countUnderWay(provider.name))
  return { settled, left }
}
