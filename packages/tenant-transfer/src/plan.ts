import { openCopyLink } from '@tenantry/connections/copy'
import { legacyTableNames, type LegacyTable } from './legacy/columns.ts'
import { assertDecided } from './manifest/undecided.ts'
import { literal } from './manifest/expressions.ts'
import { manifestOf } from './manifest/manifest.ts'
import type { Decision } from './manifest/table-move.ts'
import { companyOf, type TransferOptions } from './sides.ts'

export interface TransferPlan {
  legacyTenantId: string
  /** Changes can flow while the company works: the source logs them. */
  isOnline: boolean
  tables: PlannedTable[]
  rows: number
  bytes: number
  /** Of the first copy, from the rates measured on a small machine. */
  estimateSeconds: number
  /** What cannot be moved in, row by row, up to `limit` for each table; `tables` counts all. */
  problems: Problem[]
}

interface PlannedTable {
  table: LegacyTable
  rows: number
  bytes: number
  /** Rows that will be moved in. */
  moved: number
  /** Rows that will wait in quarantine. */
  quarantined: number
  /** Values that rows are moved in without. */
  lostValues: number
  /** Rows of other companies in the same table, which stay. */
  ofOthers: number
  columns: { column: string; decision: Decision['kind']; to: string[]; why: string }[]
}

type Problem = {
  table: LegacyTable
  id: string
  /** Null when it is the whole row. */
  column: string | null
  reason: string
}

/**
 * What a run would do, without doing any of it: reads the old tables and nothing else. Throws TRANSFER_PLAN_INCOMPLETE for a
 * column nobody has decided about.
 */
export async function planTransfer(
  options: Pick<TransferOptions, 'transfers' | 'source' | 'slug' | 'legacyTenantId'> & { limit?: number },
): Promise<TransferPlan> {
  const { transfers, source, slug, limit = 1000 } = options
  const company = companyOf(await transfers.tenant(slug), options.legacyTenantId)
  const manifest = manifestOf(company)
  await using link = await openCopyLink(source, { statementMs: 3_600_000 })
  await link.run('begin isolation level repeatable read, read only')
  await assertDecided(link.run)
  const quarantine = manifest.entries.at(-1)?.from ?? ''
  const noted = await link.run<{ table: LegacyTable; isRow: boolean; count: string }>(
    `select noted.source_table as table, noted.column_name = '' as "isRow", count(*)::text as count ${quarantine} group by 1, 2`,
  )
  const countOf = (table: LegacyTable, isRow: boolean) =>
    Number(noted.find((group) => group.table === table && group.isRow === isRow)?.count ?? 0)
  const problems = await link.run<Problem>(
    `select "table", id, "column", reason from (select noted.source_table as "table", noted.source_id::text as id, nullif(noted.column_name, '') as "column",
       noted.reason, row_number() over (partition by noted.source_table order by noted.column_name, noted.source_id) as nth ${quarantine}) p
     where nth <= ${limit} order by "table", id, "column" nulls first`,
  )
  const tables: PlannedTable[] = []
  for (const table of legacyTableNames) {
    const [facts] = await link.run<{ rows: string; others: string; bytes: string }>(
      `select count(*) filter (where mine)::text as rows, count(*) filter (where not mine)::text as others,
         coalesce(sum(pg_column_size(t.*)) filter (where mine), 0)::text as bytes
       from (select ${table}.*, ${table}.tenant_id = ${literal(company.legacyTenantId)} as mine from public.${table}) t`,
    )
    const rows = Number(facts?.rows ?? 0)
    const quarantined = countOf(table, true)
    const decisions = manifest.moves.find(({ source: name }) => name === table)?.decisions ?? {}
    tables.push({
      table,
      rows,
      bytes: Number(facts?.bytes ?? 0),
      moved: rows - quarantined,
      quarantined,
      lostValues: countOf(table, false),
      ofOthers: Number(facts?.others ?? 0),
      columns: Object.entries<Decision>(decisions).map(([column, decision]) => described(column, decision)),
    })
  }
  const [server] = await link.run<{ level: string }>(`select current_setting('wal_level') as level`)
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0)
  return {
    legacyTenantId: company.legacyTenantId,
    isOnline: server?.level === 'logical',
    tables,
    rows,
    bytes,
    estimateSeconds: Math.ceil(rows / rowsPerSecond + tables.length * 0.1),
    problems,
  }
}

/** Measured with `pnpm bench transfer` on two busy cores, with all indexes of the tenant database; a real server does better. */
const rowsPerSecond = 5000

function described(column: string, decision: Decision): PlannedTable['columns'][number] {
  switch (decision.kind) {
    case 'copied':
      return { column, decision: 'copied', to: [decision.to], why: '' }
    case 'converted':
      return { column, decision: 'converted', to: decision.to, why: decision.how }
    case 'dropped':
      return { column, decision: 'dropped', to: [], why: decision.why }
  }
}
