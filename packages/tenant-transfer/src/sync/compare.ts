import type { CopyLink } from '@tenantry/connections/copy'
import type { TransferTable } from '@tenantry/tenant-db/transfer'
import type { LegacyTable } from '../legacy/columns.ts'
import { quoted, type Entry } from '../manifest/entry.ts'
import type { Sides } from '../sides.ts'
import { uuidArray, type ChangedKeys } from './changed-keys.ts'
import { groupsOf, isTouched, shaped, whereFrom, whereNoted, type Group } from './groups.ts'
import { selectRows } from './statements.ts'

/** A row that is not the same on both sides. Values are nobody's business here: columns are named, contents are not. */
export interface Difference {
  table: TransferTable
  /** The row's id; of the quarantine: table, id and column. */
  key: string
  kind: 'missing' | 'extra' | 'different'
  /** Of a row that is different. */
  columns: string[]
}

export interface TableComparison {
  table: TransferTable
  rows: number
  /** Sum of the hashes of all rows, whatever their order. */
  hash: string
  differences: Difference[]
  /** There are more differences than are named. */
  hasMore: boolean
}

export interface CompareOptions {
  /** Only these entries have been copied yet. */
  entries?: readonly Entry[]
  /** Only these rows. */
  only?: ChangedKeys
  /** So many differences are named for each table. */
  limit: number
  /** Table by table instead of all at once, which takes a little longer: told after each, with the rows that it had. */
  onTable?: (table: TransferTable, rows: number) => void
}

/**
 * Compares contents, not counts: each row is hashed over all its mapped columns on both sides, the hashes of a 256th of the
 * rows are added up, and where two sums differ the rows are looked at one by one.
 */
export async function compareSides(sides: Sides, options: CompareOptions): Promise<TableComparison[]> {
  const { entries, only, limit, onTable } = options
  const groups = groupsOf(entries ?? sides.manifest.entries)
    .filter((group) => only === undefined || isTouched(group, only))
    .map((group) => compared(group, only))
  if (onTable === undefined) return await compareGroups(sides, groups, limit)
  const comparisons: TableComparison[] = []
  for (const group of groups) {
    const compared = await compareGroups(sides, [group], limit)
    comparisons.push(...compared)
    for (const { table, rows } of compared) onTable(table, rows)
  }
  return comparisons
}

async function compareGroups(sides: Sides, groups: ComparedGroup[], limit: number): Promise<TableComparison[]> {
  if (groups.length === 0) return []
  const [ours, theirs] = await Promise.all([
    bucketsOf(
      sides.source,
      groups.map(({ table, source }) => ({ table, query: source })),
    ),
    bucketsOf(
      sides.target,
      groups.map(({ table, target }) => ({ table, query: target })),
    ),
  ])
  const comparisons: TableComparison[] = []
  for (const group of groups) {
    const source = ours.get(group.table) ?? new Map<number, Bucket>()
    const target = theirs.get(group.table) ?? new Map<number, Bucket>()
    const differing = [...new Set([...source.keys(), ...target.keys()])].filter(
      (bucket) => !isSame(source.get(bucket), target.get(bucket)),
    )
    const differences =
      differing.length === 0 ? [] : await findDifferences(sides, group, { buckets: differing, limit: limit + 1 })
    comparisons.push({
      table: group.table,
      rows: sum(source, ({ rows }) => rows),
      hash: [...source.values()].reduce((total, { hash }) => total + BigInt(hash), 0n).toString(),
      differences: differences.slice(0, limit),
      hasMore: differences.length > limit,
    })
  }
  return comparisons
}

interface ComparedGroup {
  table: TransferTable
  first: Entry
  /** Rows in their new form: `key`, `bucket`, and the columns as both sides compare them. */
  source: string
  target: string
}

interface Bucket {
  rows: number
  hash: string
}

function compared(group: Group, only: ChangedKeys | undefined): ComparedGroup {
  const { table, first, entries } = group
  const idsOf = (source: LegacyTable) => uuidArray(only?.of(source) ?? [])
  const narrowed = (entry: Entry) => {
    if (only === undefined) return ''
    if (table === 'transfer_quarantine') return ` and ${whereNoted('noted', idsOf)}`
    return entry.source === undefined ? '' : ` and ${entry.sourceId} = any (${idsOf(entry.source)})`
  }
  const source = entries.map((entry) => selectRows(entry, narrowed(entry))).join(' union all ')
  const where = `${first.targetWhere ?? 'true'}${only === undefined ? '' : ` and ${whereFrom(group, 't', idsOf)}`}`
  const columns = first.columns.map(({ name }) => `t.${quoted(name)}`)
  const target = `select ${columns.join(', ')} from crm.${table} t where ${where}`
  return { table, first, source: shaped(first, source), target: shaped(first, target) }
}

/** One statement for all tables of a side. */
async function bucketsOf(
  link: CopyLink,
  parts: { table: TransferTable; query: string }[],
): Promise<Map<TransferTable, Map<number, Bucket>>> {
  const queries = parts.map(
    ({ table, query }) => `select '${table}' as name, bucket, count(*)::text as rows,
    sum(hash_record_extended(r.*, 0))::text as hash from (${query}) r group by bucket`,
  )
  const found = await link.run<{ name: TransferTable; bucket: number; rows: string; hash: string }>(
    queries.join(' union all '),
  )
  const tables = new Map<TransferTable, Map<number, Bucket>>()
  for (const { name, bucket, rows, hash } of found) {
    const buckets = tables.get(name) ?? new Map<number, Bucket>()
    buckets.set(Number(bucket), { rows: Number(rows), hash })
    tables.set(name, buckets)
  }
  return tables
}

/** So many rows of one side are held at once while they are looked at one by one. */
const mostListed = 200_000

async function findDifferences(
  { source, target }: Sides,
  group: ComparedGroup,
  { buckets, limit }: { buckets: number[]; limit: number },
): Promise<Difference[]> {
  const found: Difference[] = []
  const [{ rows } = { rows: 0 }] = await target.run<{ rows: number }>(
    `select count(*)::integer as rows from (${group.target}) r`,
  )
  const step = Math.max(1, Math.min(buckets.length, Math.floor((mostListed * 256) / Math.max(rows, 1))))
  for (let at = 0; at < buckets.length && found.length < limit; at += step) {
    const some = buckets.slice(at, at + step)
    const [ours, theirs] = await Promise.all([
      hashesOf(source, group.source, some),
      hashesOf(target, group.target, some),
    ])
    for (const [key, hash] of ours) {
      const other = theirs.get(key)
      if (other === undefined) found.push({ table: group.table, key, kind: 'missing', columns: [] })
      else if (other !== hash) found.push({ table: group.table, key, kind: 'different', columns: [] })
    }
    for (const key of theirs.keys())
      if (!ours.has(key)) found.push({ table: group.table, key, kind: 'extra', columns: [] })
  }
  const named = found.slice(0, limit)
  await nameColumns(
    { source, target },
    group,
    named.filter(({ kind }) => kind === 'different'),
  )
  return named
}

async function hashesOf(link: CopyLink, query: string, buckets: number[]): Promise<Map<string, string>> {
  const rows = await link.run<{ key: string; hash: string }>(
    `select r.row_key as key, hash_record_extended(r.*, 0)::text as hash from (${query}) r where r.bucket in (${buckets.join(', ')})`,
  )
  return new Map(rows.map(({ key, hash }) => [key, hash]))
}

async function nameColumns(
  { source, target }: Pick<Sides, 'source' | 'target'>,
  group: ComparedGroup,
  differences: Difference[],
): Promise<void> {
  const columns = group.first.columns
  for (let at = 0; at < differences.length; at += 1000) {
    const some = differences.slice(at, at + 1000)
    const query = (from: string) =>
      `select r.row_key as key, array[${columns.map(({ name }) => `hashtextextended(r.${quoted(name)}::text, 0)::text`).join(', ')}] as values
       from (${from}) r where r.row_key = any ($1::text[])`
    const keys = some.map(({ key }) => key)
    const read = async (link: CopyLink, from: string) =>
      new Map(
        (await link.run<{ key: string; values: string }>(query(from), [keys])).map(({ key, values }) => [
          key,
          valuesOf(values),
        ]),
      )
    const [ours, theirs] = await Promise.all([read(source, group.source), read(target, group.target)])
    for (const difference of some) {
      const [left, right] = [ours.get(difference.key) ?? [], theirs.get(difference.key) ?? []]
      difference.columns = columns.filter((_, index) => left[index] !== right[index]).map(({ name }) => name)
    }
  }
}

/** An array of numbers and NULLs as Postgres prints it, or as the driver has read it. */
function valuesOf(values: unknown): string[] {
  return Array.isArray(values) ? values.map(String) : String(values).slice(1, -1).split(',')
}

function isSame(left: Bucket | undefined, right: Bucket | undefined): boolean {
  return left?.rows === right?.rows && left?.hash === right?.hash
}

function sum(buckets: Map<number, Bucket>, of: (bucket: Bucket) => number): number {
  return [...buckets.values()].reduce((total, bucket) => total + of(bucket), 0)
}
