import type { TransferTable } from '@tenantry/tenant-db/transfer'
import { legacyTableNames, type LegacyTable } from '../legacy/columns.ts'
import { quoted } from '../manifest/entry.ts'
import type { Manifest } from '../manifest/manifest.ts'
import { uuidArray, type ChangedKeys } from './changed-keys.ts'
import { groupsOf, shaped, sourcesOf, whereFrom, whereNoted, type Group } from './groups.ts'
import type { PreparedStatement } from './prepared.ts'
import { putStaged, selectRows, yieldStaged } from './statements.ts'

/** What it takes to bring few rows: everything that is asked of either side, ready to be called. */
export interface ChangedStatements {
  groups: GroupStatements[]
  /** On the source: rows of all groups in their new form, as the staging tables take them, and their hashes. */
  read: PreparedStatement
  /** On the target: the hashes of the same rows as they are there. */
  hash: PreparedStatement
}

export interface GroupStatements {
  group: Group
  stage: PreparedStatement
  takeAway: PreparedStatement
  /** Undefined where rows have nothing to give up for each other. */
  giveUp: PreparedStatement | undefined
  put: PreparedStatement
}

export interface ReadRow extends Record<string, unknown> {
  name: TransferTable
  key: string
  hash: string
  content: string
}

export function changedStatementsOf({ entries }: Manifest): ChangedStatements {
  const groups = groupsOf(entries)
  return {
    groups: groups.map((group) => statementsOf(group)),
    read: { name: 'tenantry_read', types: allTypes, text: groups.map((group) => readRows(group)).join(' union all ') },
    hash: { name: 'tenantry_hash', types: allTypes, text: groups.map((group) => hashRows(group)).join(' union all ') },
  }
}

/** For `read` and `hash`: the keys by table, and whether what follows from many rows has to be looked at. */
export function allValues(keys: ChangedKeys): string[] {
  return [...legacyTableNames.map((table) => uuidArray(keys.of(table))), String(keys.touchesWholes)]
}

const allTypes = [...legacyTableNames.map(() => 'uuid[]'), 'boolean']
const inAll = (table: LegacyTable) => `$${legacyTableNames.indexOf(table) + 1}`
const touchesWholes = `$${allTypes.length}`

/** For `takeAway` of a group. */
export function groupValues(group: Group, keys: ChangedKeys): string[] {
  return sourcesOf(group).map((table) => uuidArray(keys.of(table)))
}

function readRows({ table, first, entries }: Group): string {
  const narrowed = entries.map((entry) => {
    if (table === 'transfer_quarantine') return selectRows(entry, ` and ${whereNoted('noted', inAll)}`)
    if (entry.source === undefined) return selectRows(entry, ` and ${touchesWholes}`)
    return selectRows(entry, ` and ${entry.sourceId} = any (${inAll(entry.source)})`)
  })
  const columns = first.columns.map(({ name }) => `r.${quoted(name)}`)
  // The first column of a staging table is the id of the source row, which nobody asks for here.
  return `select '${table}' as name, r.row_key as key, hash_record_extended(r.*, 0)::text as hash,
    row(null::uuid, ${columns.join(', ')})::text as content from (${shaped(first, narrowed.join(' union all '))}) r`
}

function hashRows(group: Group): string {
  const { table, first } = group
  const isWhole = sourcesOf(group).length === 0
  const where = `${whereFrom(group, 't', inAll)}${isWhole ? ` and ${touchesWholes}` : ''}`
  const rows = `select ${first.columns.map(({ name }) => `t.${quoted(name)}`).join(', ')} from crm.${table} t where ${where}`
  return `select '${table}' as name, r.row_key as key, hash_record_extended(r.*, 0)::text as hash from (${shaped(first, rows)}) r`
}

function statementsOf(group: Group): GroupStatements {
  const { table, first } = group
  const names = first.columns.map(({ name }) => quoted(name)).join(', ')
  const sources = sourcesOf(group)
  const inGroup = (source: LegacyTable) => `$${sources.indexOf(source) + 1}`
  const sameKey = first.key.map((name) => `s.${quoted(name)} = gone.${quoted(name)}`).join(' and ')
  const yielding = yieldStaged(first)
  return {
    group,
    stage: {
      name: `tenantry_stage_${table}`,
      types: ['text[]'],
      // Each text is read as a row once, not once for each of its columns.
      text: `insert into pg_temp.staged_${table} (source_row, ${names}) select (whole.row).* from
        (select content::pg_temp.staged_${table} as row from unnest($1) content offset 0) whole`,
    },
    takeAway: {
      name: `tenantry_take_${table}`,
      types: sources.map(() => 'uuid[]'),
      text: `delete from crm.${table} gone where ${whereFrom(group, 'gone', inGroup)}
        and not exists (select from pg_temp.staged_${table} s where ${sameKey})`,
    },
    giveUp: yielding === undefined ? undefined : { name: `tenantry_yield_${table}`, types: [], text: yielding },
    put: { name: `tenantry_put_${table}`, types: [], text: putStaged(first) },
  }
}
