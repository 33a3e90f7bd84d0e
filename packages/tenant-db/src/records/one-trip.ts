/**
 * Waits for all statements that were sent together. When several fail, the first is why: after a failed statement Postgres
 * refuses the others of its transaction, and which refusal becomes known first is chance.
 */
export async function inOneTrip<const Sent extends readonly unknown[]>(
  sent: Sent,
): Promise<{ -readonly [Index in keyof Sent]: Awaited<Sent[Index]> }> {
  for (const { status, ...outcome } of await Promise.allSettled(sent)) {
    if (status === 'rejected' && 'reason' in outcome) throw outcome.reason
  }
  return (await Promise.all(sent)) as { -readonly [Index in keyof Sent]: Awaited<Sent[Index]> }
}
