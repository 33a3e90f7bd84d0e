import type { TransferTable } from '@tenantry/tenant-db/transfer'
import { legacyTableNames, type LegacyTable } from '../legacy/columns.ts'
import { comparable, keyText, keyUuid, quoted, type Entry } from '../manifest/entry.ts'
import type { ChangedKeys } from './changed-keys.ts'

/** All entries of one target table; they have the same columns. */
export interface Group {
  table: TransferTable
  first: Entry
  entries: Entry[]
}

/** In an order in which their rows can be put: each behind everything its last entry depends on. */
export function groupsOf(entries: readonly Entry[]): Group[] {
  const groups = new Map<TransferTable, Group>()
  for (const entry of entries) {
    const {
      table,
      first,
      entries: same,
    } = groups.get(entry.target) ?? { table: entry.target, first: entry, entries: [] }
    groups.delete(table)
    groups.set(table, { table, first, entries: [...same, entry] })
  }
  return [...groups.values()]
}

/** Of which old tables a change changes it; all of them for the quarantine, none for what follows from many rows at once. */
export function sourcesOf({ table, entries }: Group): LegacyTable[] {
  if (table === 'transfer_quarantine') return [...legacyTableNames]
  return [...new Set(entries.flatMap(({ source }) => source ?? []))]
}

export function isTouched(group: Group, keys: ChangedKeys): boolean {
  const sources = sourcesOf(group)
  return sources.length === 0 ? keys.touchesWholes : sources.some((table) => keys.of(table).length > 0)
}

/** What both sides hash: `row_key`, `bucket` and the columns of a query over rows in their new form. */
export function shaped(entry: Entry, query: string): string {
  const columns = entry.columns.map(
    (column) => `${comparable(column, `r.${quoted(column.name)}`)} as ${quoted(column.name)}`,
  )
  return `select ${keyText(entry, 'r')} as row_key, get_byte(uuid_send(${keyUuid(entry, 'r')}), 0) as bucket, ${columns.join(', ')} from (${query}) r`
}

/** Rows of the tenant database that come from source rows of these ids; `idsOf` gives them as an array. */
export function whereFrom(
  { table, first, entries }: Group,
  alias: string,
  idsOf: (table: LegacyTable) => string,
): string {
  if (table === 'transfer_quarantine') return whereNoted(alias, idsOf)
  const ids = entries.flatMap(({ source, keyOfChanged }) =>
    source === undefined || keyOfChanged === undefined
      ? []
      : [`select ${keyOfChanged} from unnest(${idsOf(source)}) changed (id)`],
  )
  return ids.length > 0 ? `${alias}.id in (${ids.join(' union all ')})` : `${alias}.${first.targetWhere ?? 'false'}`
}

export function whereNoted(alias: string, idsOf: (table: LegacyTable) => string): string {
  const tables = legacyTableNames.map(
    (table) => `${alias}.source_table = '${table}' and ${alias}.source_id = any (${idsOf(table)})`,
  )
  return `(${tables.join(' or ')})`
}
