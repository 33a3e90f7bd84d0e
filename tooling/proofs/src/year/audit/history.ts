import type { AdminRun } from '@tenantry/connections/admin'
import { entityOf, form, tableOf, valueIn } from './fields.ts'
import type { Ledger } from './finding.ts'
import { groupBy } from './group-by.ts'

interface Change extends Record<string, unknown> {
  entity: string
  record: string
  action: string
  diff: Record<string, { from: unknown; to: unknown }>
  version: number | null
}

/** Tables whose rows are parts of records, and remembered with them. */
const parts = ['pipeline_stages', 'invoice_line_items', 'contact_accounts']

/**
 * Replays the history of every record: its lines follow one another without a gap, each begins where the one before ended,
 * and the last one ends at what the record says now. What a field keeps in other tables is left to the other checks.
 */
export async function auditHistory(run: AdminRun, ledger: Ledger): Promise<void> {
  const changes = await run<Change>(`select entity, entity_id as record, action, diff, version_after as version
    from crm.record_changes order by id`)
  const byRecord = groupBy(changes, ({ entity, record }) => `${entity} ${record}`)
  const merged = await readMerges(run)
  const versioned = await run<{ table: string }>(`select table_name as table from information_schema.columns
    where table_schema = 'crm' and column_name = 'version' order by 1`)
  const tables = versioned.map(({ table }) => table).filter((table) => !parts.includes(table))
  const remembered = new Set(changes.map(({ entity }) => tableOf(entity)))
  for (const table of new Set([...tables, ...remembered])) {
    const entity = entityOf(table)
    const rows = await run<{ id: string; row: Record<string, unknown> }>(
      `select id, to_jsonb(t) as row from crm.${table} t`,
    )
    const known = new Set(rows.map(({ id }) => `${entity} ${id}`))
    for (const [record, lines] of byRecord) {
      if (!record.startsWith(`${entity} `)) continue
      // What an import made and took back is gone for good, which its last line says.
      const last = lines.at(-1)
      const isGone = last?.action === 'deleted' && last.version === null
      ledger.compare('records that history tells of', record, known.has(record), !isGone)
    }
    if (!tables.includes(table)) continue
    for (const { id, row } of rows) {
      const lines = byRecord.get(`${entity} ${id}`) ?? []
      replay({ record: `${entity} ${id}`, row, lines, merged }, ledger)
    }
  }
}

interface Replayed {
  record: string
  row: Record<string, unknown>
  lines: readonly Change[]
  merged: ReadonlyMap<string, string>
}

function replay({ record, row, lines, merged }: Replayed, ledger: Ledger): void {
  const versions = lines.flatMap(({ version }) => version ?? [])
  const should = Array.from({ length: Number(row['version']) }, (_, index) => index + 1)
  ledger.compare('lines of history', record, versions, should)
  const now = new Map<string, unknown>()
  for (const { diff, version } of lines) {
    if (version === null) continue
    for (const [field, { from, to }] of Object.entries(diff)) {
      if (valueIn(row, field) === undefined) continue
      const before = now.get(field)
      if (before !== undefined && !isSame(from, before, merged))
        ledger.compare('steps of history', `${record}, ${field} before version ${version}`, from, before)
      now.set(field, to)
    }
  }
  for (const [field, value] of now) {
    const stored = valueIn(row, field)
    // Compared in one form, and shown as it is.
    const should = isSame(stored, value, merged) ? stored : value
    ledger.compare('fields of records', `${record}, ${field}`, form(stored), form(should))
  }
}

/** A record that went into another one is that one wherever something points at it. */
function isSame(one: unknown, other: unknown, merged: ReadonlyMap<string, string>): boolean {
  if (form(one) === form(other)) return true
  return typeof other === 'string' && merged.has(other) && isSame(one, merged.get(other), merged)
}

async function readMerges(run: AdminRun): Promise<Map<string, string>> {
  const merges = await run<{ kept: string; merged: string }>(`
    select coalesce(account_id, contact_id) as kept, coalesce(merged_account_id, merged_contact_id) as merged
    from crm.record_merges where undone_at is null`)
  return new Map(merges.map(({ kept, merged }) => [merged, kept]))
}
