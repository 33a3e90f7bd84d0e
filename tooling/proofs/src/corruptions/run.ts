import { createMovingCompany } from '@tenantry/testing/moving-company'
import { runTransfer } from '@tenantry/tenant-transfer/run'
import { comparedColumns, verifyTransfer } from '@tenantry/tenant-transfer/verify'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { lookInto } from '@tenantry/testing/look-into'
import type { Corruption, MappedColumn } from './corruption.ts'
import { corrupt, openVandal } from './corrupt.ts'
import { randomFrom } from './random.ts'

export interface CorruptionsResult {
  ok: boolean
  seed: number
  count: number
  found: number
  missed: Corruption[]
  /** Rows that `verify` named and nobody had spoiled. */
  falseAlarms: { table: string; key: string; columns: string[] }[]
  /** Times `transfer run` did not bring everything back. */
  unrepaired: number
  byWhat: Record<string, number>
}

/** So many rows are spoiled before each comparison: each comparison reads all rows of both sides. */
const atOnce = 25

/**
 * Moves a company in, spoils random values and rows of its tenant database behind everybody's back, and looks whether
 * `verify` names table, key and column of each, and nothing else; `transfer run` then has to bring all of it back.
 */
export async function runCorruptions(
  server: ServerAddress,
  { count, seed, onProgress }: { count: number; seed: number; onProgress?: (text: string) => void },
): Promise<CorruptionsResult> {
  await using moving = await createMovingCompany({ appServer: server, home: { server } })
  await runTransfer(moving.options)
  const columns = await mappedColumns(moving)
  const random = randomFrom(seed)
  const result: CorruptionsResult = {
    ok: true,
    seed,
    count,
    found: 0,
    missed: [],
    falseAlarms: [],
    unrepaired: 0,
    byWhat: {},
  }
  for (let done = 0; done < count;) {
    onProgress?.(`${done} of ${count}`)
    const made = await spoilSome(moving, columns, { random, wanted: Math.min(atOnce, count - done) })
    const { differences } = await verifyTransfer({ ...moving.options, limit: 10_000 })
    for (const one of made) {
      result.byWhat[one.what] = (result.byWhat[one.what] ?? 0) + 1
      if (differences.some((difference) => isAbout(difference, one))) result.found++
      else result.missed.push(one)
    }
    result.falseAlarms.push(
      ...differences
        .filter((difference) => !made.some((one) => isAbout(difference, one)))
        .map(({ table, key, columns: named }) => ({ table, key, columns: named })),
    )
    await runTransfer(moving.options)
    if (!(await verifyTransfer(moving.options)).ok) result.unrepaired++
    done += made.length
  }
  result.ok = result.missed.length === 0 && result.falseAlarms.length === 0 && result.unrepaired === 0
  return result
}

type Moving = Awaited<ReturnType<typeof createMovingCompany>>

async function spoilSome(
  { acme }: Moving,
  columns: readonly MappedColumn[],
  { random, wanted }: { random: (below: number) => number; wanted: number },
): Promise<Corruption[]> {
  await using vandal = await openVandal(acme.admin)
  const spoiled = new Set<string>()
  const made: Corruption[] = []
  while (made.length < wanted) {
    const one = await corrupt(vandal, columns, { random, spoiled })
    if (one !== undefined) made.push(one)
  }
  return made
}

function isAbout(
  difference: { table: string; key: string; kind: string; columns: string[] },
  one: Corruption,
): boolean {
  const isSameRow = difference.table === one.table && difference.key === one.key && difference.kind === one.kind
  return isSameRow && difference.columns.join() === (one.column ?? '')
}

/**
 * The columns that are compared, with what Postgres knows of them. Pipelines are left out: those of the transfer stand beside
 * the tenant's own and are told apart by just these columns.
 */
async function mappedColumns({ acme, options }: Moving): Promise<MappedColumn[]> {
  const compared = await comparedColumns(options)
  const facts = await lookInto<{ table: string; column: string; type: string; nullable: boolean }>(
    acme.admin,
    `select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type, not a.attnotnull as nullable
     from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relnamespace = 'crm'::regnamespace and a.attnum > 0`,
  )
  return facts
    .filter(({ table, column }) => compared[table]?.includes(column) && !table.startsWith('pipeline'))
    .map(({ nullable, ...fact }) => ({ ...fact, isNullable: nullable }))
}
