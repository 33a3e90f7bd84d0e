import { Refused } from '../refused.ts'

/** Several at once for what only one can have: what the one got. Throws unless all others are refused by one of these codes. */
export async function onlyOneOf<Data>(attempts: Promise<Data>[], codes: readonly string[]): Promise<Data> {
  const outcomes = await Promise.allSettled(attempts)
  const got = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue
    const reason: unknown = outcome.reason
    if (!(reason instanceof Refused) || !codes.includes(reason.code ?? '')) throw reason
  }
  const [only] = got
  if (only === undefined || got.length !== 1) throw new Error(`${got.length} of ${attempts.length} were told yes`)
  return only
}

/** Throws unless it is refused by one of these codes. */
export async function refusedAs(attempt: Promise<unknown>, ...codes: string[]): Promise<void> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof Refused && codes.includes(error.code ?? '')) return
  throw new Error(`it was not refused as ${codes.join(' or ')}`, { cause: error })
}
