import { isTenantryError } from '@tenantry/errors'

export interface Outcomes {
  attempts: number
  succeeded: number
  refused: Record<string, number>
  /** Errors without a code. */
  untyped: number
}

/** Each client makes its attempts one after the other, all clients at the same time. */
export async function atOnce(clients: readonly (() => Promise<unknown>)[][]): Promise<Outcomes> {
  const outcomes: Outcomes = { attempts: 0, succeeded: 0, refused: {}, untyped: 0 }
  await Promise.all(
    clients.map(async (attempts) => {
      for (const attempt of attempts) {
        outcomes.attempts++
        try {
          await attempt()
          outcomes.succeeded++
        } catch (error) {
          if (!isTenantryError(error)) outcomes.untyped++
          else outcomes.refused[error.code] = (outcomes.refused[error.code] ?? 0) + 1
        }
      }
    }),
  )
  return outcomes
}
