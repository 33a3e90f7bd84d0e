import { TenantryError } from '@tenantry/errors'
import type { LegacyTable } from './legacy/columns.ts'
import { literal } from './manifest/expressions.ts'
import { manifestOf } from './manifest/manifest.ts'
import { atOneMoment, companyOf, lockTransfer, openSides, type Sides, type TransferOptions } from './sides.ts'
import { compareSides, type Difference, type TableComparison } from './sync/compare.ts'
import { drainStream, hasStream } from './sync/stream.ts'

export interface Verification {
  ok: boolean
  tables: Pick<TableComparison, 'table' | 'rows' | 'hash' | 'hasMore'>[]
  /** Every row of the old tables: moved in or in quarantine. */
  accounted: { table: LegacyTable; rows: number; moved: number; quarantined: number }[]
  differences: Difference[]
}

export interface VerifyOptions extends TransferOptions {
  /** So many differences are named for each table. Default 1,000. */
  limit?: number
}

/**
 * Compares the contents of both sides as of one moment and accounts for every source row. While changes flow, those that
 * have come until that moment are taken over first. Changes nothing else.
 */
export async function verifyTransfer(options: VerifyOptions): Promise<Verification> {
  await using sides = await openSides(options)
  await lockTransfer(sides)
  return await verifySides(sides, options.limit, options)
}

export async function verifySides(sides: Sides, limit = 1000, watching?: Watching): Promise<Verification> {
  const isMoving = sides.tenant.transfer?.state !== 'moved' && (await hasStream(sides))
  return await atOneMoment(sides, async () => {
    if (isMoving) {
      watching?.onProgress?.({ step: 'taking over what was written' })
      await drainStream(sides)
    }
    return await verifyAtThisMoment(sides, limit, watching)
  })
}

/** Who looks on while it lasts, and may end it after a table. */
type Watching = Pick<TransferOptions, 'onProgress' | 'stop'>

export async function verifyAtThisMoment(sides: Sides, limit: number, watching?: Watching): Promise<Verification> {
  const accounted = await accountForRows(sides)
  const of = accounted.reduce((sum, { rows }) => sum + rows, 0)
  const onTable = (step: string, rows: number) => {
    if (watching?.stop?.aborted) throw new TenantryError('RUN_INTERRUPTED')
    watching?.onProgress?.({ step, rows, of })
  }
  const comparisons = await compareSides(sides, { limit, ...(watching && { onTable }) })
  const differences = comparisons.flatMap((comparison) => comparison.differences)
  const isComplete = accounted.every(({ rows, moved, quarantined }) => rows === moved + quarantined)
  return {
    ok: differences.length === 0 && isComplete,
    tables: comparisons.map(({ table, rows, hash, hasMore }) => ({ table, rows, hash, hasMore })),
    accounted,
    differences,
  }
}

/** What is compared: mapped columns, by the table of the tenant database. */
export async function comparedColumns(
  options: Pick<TransferOptions, 'transfers' | 'slug' | 'legacyTenantId'>,
): Promise<Record<string, string[]>> {
  const tenant = await options.transfers.tenant(options.slug)
  const { entries } = manifestOf(companyOf(tenant, options.legacyTenantId))
  return Object.fromEntries(entries.map(({ target, columns }) => [target, columns.map(({ name }) => name)]))
}

/** Counted where they are: rows in the old tables, rows that have arrived under their ids, rows in quarantine. */
async function accountForRows({ source, target, manifest, company }: Sides): Promise<Verification['accounted']> {
  const own = manifest.entries.filter(({ isRow }) => isRow)
  const [there, here] = await Promise.all([
    source.run<{ name: LegacyTable; rows: string }>(
      own
        .map(
          (entry) =>
            `select '${entry.source}' as name, count(*)::text as rows from public.${entry.source} where tenant_id = ${literal(company.legacyTenantId)}`,
        )
        .join(' union all '),
    ),
    target.run<{ name: string; rows: string }>(
      `select 'quarantine ' || source_table as name, count(*)::text as rows from crm.transfer_quarantine where column_name = '' group by 1
       union all ${own.map((entry) => `select '${entry.source}', count(*)::text from crm.${entry.target}${onlyOwn(entry.target, manifest)}`).join(' union all ')}`,
    ),
  ])
  const countOf = (name: string) => Number(here.find((row) => row.name === name)?.rows ?? 0)
  return there.map(({ name, rows }) => ({
    table: name,
    rows: Number(rows),
    moved: countOf(name),
    quarantined: countOf(`quarantine ${name}`),
  }))
}

/** Rows made from rows of other tables stand in two of them: those of contacts and of events have the ids of those. */
function onlyOwn(target: string, manifest: Sides['manifest']): string {
  const others = manifest.entries.filter(
    (entry) => entry.target === target && !entry.isRow && entry.source !== undefined,
  )
  const made = others.map(({ source }) => `not exists (select from crm.${source} o where o.id = t.id)`)
  return made.length > 0 ? ` t where ${made.join(' and ')}` : ''
}
