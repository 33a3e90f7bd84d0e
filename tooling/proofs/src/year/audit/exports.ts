import type { AdminRun } from '@tenantry/connections/admin'
import type { Claims } from './claims.ts'
import { rowsOfCsv } from './csv.ts'
import { form, tableOf, valueIn } from './fields.ts'
import type { Ledger } from './finding.ts'

/**
 * Each list as a file holds the rows that lie neither in the bin nor in the archive, each once, and of each what its columns
 * say. Columns that tell of other rows, or are worked out, are left to the other checks.
 */
export async function auditExports(run: AdminRun, ledger: Ledger, { exports }: Claims): Promise<void> {
  for (const [list, text] of Object.entries(exports)) {
    const [header = [], ...lines] = rowsOfCsv(text)
    const at = header.indexOf('id')
    const rows = await run<{ id: string; row: Record<string, unknown> }>(`select id, row
      from (select id, to_jsonb(t) as row from crm.${tableOf(list)} t) rows
      where row->>'deleted_at' is null and row->>'archived_at' is null`)
    const told = lines.map((cells) => cells[at] ?? '')
    ledger.compare('exported lists', list, told.toSorted(), rows.map(({ id }) => id).toSorted())
    const byId = new Map(lines.map((cells) => [cells[at], cells]))
    for (const { id, row } of rows) {
      const cells = byId.get(id)
      for (const [column, name] of header.entries()) {
        const stored = valueIn(row, name)
        const cell = cells?.[column]
        if (stored === undefined || cell === undefined) continue
        ledger.compare('exported cells', `${list} ${id}, ${name}`, form(read(cell, stored)), form(stored))
      }
    }
  }
}

/** A cell as the value that it was made of. */
function read(cell: string, stored: unknown): unknown {
  if (stored === null && cell === '') return null
  switch (typeof stored) {
    case 'boolean':
      return cell === '1'
    case 'number':
      return cell === '' ? null : Number(cell)
    case 'object':
      return /^[[{]/.test(cell) ? JSON.parse(cell) : cell
    default:
      // What a spreadsheet would run begins with an apostrophe.
      return cell.replace(/^'(?='*[=+\-@\t\r])/, '')
  }
}
