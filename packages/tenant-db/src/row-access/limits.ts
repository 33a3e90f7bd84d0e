import type { Guard } from '@tenantry/connections/database'
import type { LimitedKind } from '@tenantry/contracts/record-access'

/** Of each limited kind the people whose records are reached; a kind that is left out is not limited. */
type People = Partial<Record<LimitedKind, readonly string[]>>

export interface RowLimits {
  see: People
  change: People
}

/** A database without it has no policy that would hold the limits: nobody who is limited is served there. */
export const rowAccessVersion = '0012_row_access'

/**
 * What a limited member's transaction begins with. It holds until the transaction ends, so that the connection's next user
 * inherits nothing. With `before`, the guard that the transaction has anyway, in the same round trip.
 */
export function limitsGuard(limits: RowLimits, before?: Guard): Guard {
  const text = `set_config('tenantry.access', $${(before?.parameters.length ?? 0) + 1}, true)`
  const setting = JSON.stringify({ see: asArrays(limits.see), change: asArrays(limits.change) })
  if (before === undefined) return { text: `select ${text}`, parameters: [setting] }
  return { text: `${before.text}, ${text}`, parameters: [...before.parameters, setting] }
}

/** As Postgres writes arrays; the people are ids. */
function asArrays(people: People): Record<string, string> {
  return Object.fromEntries(Object.entries(people).map(([kind, ids]) => [kind, `{${ids.join()}}`]))
}
