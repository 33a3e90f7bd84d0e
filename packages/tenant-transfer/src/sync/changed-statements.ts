import type { TransferTable } from '@tenantry/tenant-db/transfer'
import { legacyTableNames, type LegacyTable } from '../legacy/columns.ts'
import { quoted, type Entry } from '../manifest/entry.ts'
import type { Manifest } from '../manifest/manifest.ts'
import { uuidArray, type ChangedKeys } from './changed-keys.ts'
import { groupsOf, shaped, sourcesOf, whereFrom, type Group } from './groups.ts'
import type { PreparedStatement } from './prepared.ts'
import { putStaged, selectRows, yieldStaged } from './statements.ts'

/** What it takes to bring few rows of one target table: everything that is asked of either side, ready to be called. */
export interface GroupStatements {
  group: Group
  /** On the source: rows in their new form, as the staging table takes them, and their hashes; by what their ids are of. */
  read: { source: LegacyTable | undefined; statement: PreparedStatement }[]
  stage: PreparedStatement
  takeAway: PreparedStatement
  /** Undefined where rows have nothing to give up for each other. */
  giveUp: PreparedStatement | undefined
  put: PreparedStatement
  /** On the target: the hashes of the same rows as they are there. */
  hash: PreparedStatement
}

export interface RowHash extends Record<string, unknown> {
  name: TransferTable
  key: string
  hash: string
}

export interface ReadRow extends RowHash {
  content: string
}

/** One statement for each table: Postgres gets everything ready that stands in a statement, also what no row will need. */
export function changedStatementsOf(manifest: Manifest): GroupStatements[] {
  return groupsOf(manifest.entries).map((group) => {
    const { table, first } = group
    const names = first.columns.map(({ name }) => quoted(name)).join(', ')
    const types = sourcesOf(group).map(() => 'uuid[]')
    const sameKey = first.key.map((name) => `s.${quoted(name)} = gone.${quoted(name)}`).join(' and ')
    const yielding = yieldStaged(first)
    return {
      group,
      read: readsOf(manifest, group),
      stage: {
        name: `tenantry_stage_${table}`,
        types: ['text[]'],
        // Each text is read as a row once, not once for each of its columns.
        text: `insert into pg_temp.staged_${table} (source_row, ${names}) select (whole.row).* from
          (select content::pg_temp.staged_${table} as row from unnest($1) content offset 0) whole`,
      },
      takeAway: {
        name: `tenantry_take_${table}`,
        types,
        text: `delete from crm.${table} gone where ${whereFrom(group, 'gone', idsIn(group))}
          and not exists (select from pg_temp.staged_${table} s where ${sameKey})`,
      },
      giveUp: yielding === undefined ? undefined : { name: `tenantry_yield_${table}`, types: [], text: yielding },
      put: { name: `tenantry_put_${table}`, types: [], text: putStaged(first) },
      hash: { name: `tenantry_hash_${table}`, types, text: hashRows(group) },
    }
  })
}

/** For `takeAway` and `hash` of a group. */
export function groupValues(group: Group, keys: ChangedKeys): string[] {
  return sourcesOf(group).map((table) => uuidArray(keys.of(table)))
}

const idsIn = (group: Group) => (source: LegacyTable) => `$${sourcesOf(group).indexOf(source) + 1}`

function readsOf(manifest: Manifest, { table, first, entries }: Group): GroupStatements['read'] {
  const read = (source: LegacyTable | undefined, rows: string) => ({
    source,
    statement: {
      name: `tenantry_read_${table}${source === undefined ? '' : `_from_${source}`}`,
      types: source === undefined ? [] : ['uuid[]'],
      text: readRows(first, rows),
    },
  })
  if (table === 'transfer_quarantine') {
    return legacyTableNames.map((source) =>
      read(source, selectRows(manifest.quarantineOf([source]), ' and noted.source_id = any ($1)')),
    )
  }
  return [...new Set(entries.map(({ source }) => source))].map((source) => {
    const same = entries.filter((entry) => entry.source === source)
    const narrowed = (entry: Entry) => (source === undefined ? '' : ` and ${entry.sourceId} = any ($1)`)
    return read(source, same.map((entry) => selectRows(entry, narrowed(entry))).join(' union all '))
  })
}

/** The first column of a staging table is the id of the source row, which nobody asks for here. */
function readRows(entry: Entry, rows: string): string {
  const columns = entry.columns.map(({ name }) => `r.${quoted(name)}`)
  return `select '${entry.target}' as name, r.row_key as key, hash_record_extended(r.*, 0)::text as hash,
    row(null::uuid, ${columns.join(', ')})::text as content from (${shaped(entry, rows)}) r`
}

function hashRows(group: Group): string {
  const { table, first } = group
  const columns = first.columns.map(({ name }) => `t.${quoted(name)}`)
  const rows = `select ${columns.join(', ')} from crm.${table} t where ${whereFrom(group, 't', idsIn(group))}`
  return `select '${table}' as name, r.row_key as key, hash_record_extended(r.*, 0)::text as hash from (${shaped(first, rows)}) r`
}
