import { guardApostrophe } from '@tenantry/contracts/formula-cells'
import { stringify } from 'csv-stringify'
import { Readable } from 'node:stream'

/**
 * Rows as CSV (RFC 4180) in UTF-8 with the mark by which spreadsheets know it. What a spreadsheet would take for a formula
 * begins with an apostrophe: a customer's name must not run anything on somebody's desk. An import takes it off again.
 */
export function csvOf(rows: AsyncIterable<Record<string, unknown>>, columns: readonly string[]): Readable {
  const lines = stringify({
    bom: true,
    header: true,
    columns: [...columns],
    escape_formulas: true,
    cast: { object: nested, string: guardApostrophe },
  })
  return Readable.from(rows).compose<Readable>(lines)
}

function nested(value: unknown): string {
  return JSON.stringify(value)
}
