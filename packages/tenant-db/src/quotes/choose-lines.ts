import { countedLines, type QuoteLine, type QuoteLineInput } from '@tenantry/contracts/document-lines'
import { TenantryError } from '@tenantry/errors'
import { totalsOfLines } from '../documents/totals-of-lines.ts'
import { asInput } from './lines.ts'

/**
 * The lines of a quote with just these of the optional ones selected. Throws RULE_VIOLATED for a line that is no optional one
 * of this quote, and for a choice that leaves nothing to agree on.
 */
export function chooseLines(lines: readonly QuoteLine[], chosen: readonly string[]): QuoteLineInput[] {
  const options = new Set<string>(lines.filter((line) => line.isOptional).map(({ id }) => id))
  if (chosen.some((id) => !options.has(id))) refuse('This quote has no such line to choose.')
  const taken = new Set(chosen)
  const decided = lines.map((line) => ({ ...line, isSelected: line.isOptional ? taken.has(line.id) : line.isSelected }))
  const counted = countedLines(decided)
  if (counted.length === 0) refuse('Choose at least one line.')
  if (totalsOfLines(counted).totalMinor < 0) refuse('The total of a quote is not less than nothing.')
  return asInput(decided)
}

function refuse(message: string): never {
  throw new TenantryError('RULE_VIOLATED', { message, data: { field: 'chosen' } })
}
