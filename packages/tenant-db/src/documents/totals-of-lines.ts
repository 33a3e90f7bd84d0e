import { TenantryError } from '@tenantry/errors'
import { totalsOf, type PricedLine, type Totals } from '@tenantry/money/lines'

/** What the lines of a document come to. Throws RULE_VIOLATED for more than can be counted exactly. */
export function totalsOfLines(lines: readonly PricedLine[]): Totals {
  try {
    return totalsOf(lines)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new TenantryError('RULE_VIOLATED', {
      message: 'The amounts of the lines are too large.',
      data: { field: 'lines' },
      cause,
    })
  }
}
