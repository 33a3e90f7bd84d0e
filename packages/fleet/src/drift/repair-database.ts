import type { AdminRun } from '@tenantry/connections/admin'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { readLedger } from '@tenantry/migrations/ledger'
import { withMigrationLock } from '@tenantry/migrations/lock'
import type { FleetDatabase } from '../databases/fleet-database.ts'
import { openServiceLink, type ServiceLinkOptions } from '../databases/service-link.ts'
import { wordsOf } from './differences.ts'
import { differencesIn } from './find-drift.ts'
import type { RepairStep } from './repair.ts'
import { buildShadow, expectationOf, type Expectation, type ShadowOptions } from './shadow.ts'

export interface RepairOptions extends ServiceLinkOptions, ShadowOptions {
  /** Also what takes rows with it: hand-made columns and tables go. */
  mayDestroy: boolean
  /** Says what would be done. */
  dryRun?: boolean | undefined
}

export interface RepairResult {
  database: string
  tenants: string[]
  version: string
  /** What was done, or would be. */
  steps: RepairStep[]
  /** What is still different, in words. */
  left: string[]
  /** For whoever administers the server. */
  forAdministrator: string[]
}

/**
 * Makes one database what its migrations make, in one transaction under its migration lock: all of it or nothing, but for
 * labels of enums, which stay. What only an administrator may do, and what destroys rows unless that was allowed, is left.
 * Throws DRIFT_REPAIR_FAILED.
 */
export async function repairDatabase(database: FleetDatabase, options: RepairOptions): Promise<RepairResult> {
  await using link = await openServiceLink(database, options)
  const version = (await readLedger(link.run, 'crm')).at(-1)?.tag ?? ''
  const expected = expectationOf(await buildShadow(new Set([version]), options), version)
  return await withMigrationLock(link.run, { schema: 'crm', waitMs: patienceMs }, async () => {
    const steps =
      options.dryRun === true ? await planned(link.run, expected, options) : await repair(link.run, expected, options)
    const after = await differencesIn(link.run, expected)
    return {
      database: database.name,
      tenants: database.tenants.map(({ slug }) => slug),
      version,
      steps,
      left: wordsOf(after.differences),
      forAdministrator: after.repair.filter(({ by }) => by === 'administrator').map(({ sql }) => sql),
    }
  })
}

/**
 * The same over a connection that is open, without the lock. What comes to light when something else is repaired, such
 * as a key that went with a column, is repaired in the next round.
 */
export async function repair(
  run: AdminRun,
  expected: Expectation,
  options: Pick<RepairOptions, 'mayDestroy'>,
): Promise<RepairStep[]> {
  // A label serves only once it is committed, and a table that is made anew may begin with it.
  const labels = await inTransaction(run, async () =>
    applied(run, (await planned(run, expected, options)).filter(addsLabel)),
  )
  const rest = await inTransaction(run, async () => {
    const done: RepairStep[] = []
    for (let round = 0; round < mostRounds; round++) {
      const steps = await planned(run, expected, options)
      if (steps.length === 0) break
      done.push(...(await applied(run, steps)))
    }
    return done
  })
  return [...labels, ...rest]
}

async function inTransaction<Result>(run: AdminRun, work: () => Promise<Result>): Promise<Result> {
  await run('begin')
  try {
    await run(
      `set local lock_timeout = ${lockMs}; set local check_function_bodies = off; set local search_path = pg_catalog`,
    )
    const result = await work()
    await run('commit')
    return result
  } catch (error) {
    await run('rollback').catch(() => undefined)
    throw error
  }
}

async function applied(run: AdminRun, steps: RepairStep[]): Promise<RepairStep[]> {
  for (const step of steps) await run(step.sql).catch((error: unknown) => refuse(step, error))
  return steps
}

function addsLabel({ sql }: RepairStep): boolean {
  return /^alter type \S+ add value /.test(sql)
}

async function planned(run: AdminRun, expected: Expectation, { mayDestroy }: Pick<RepairOptions, 'mayDestroy'>) {
  const { repair: steps } = await differencesIn(run, expected)
  return steps.filter(({ by, destroys }) => by === 'owner' && (mayDestroy || !destroys))
}

const mostRounds = 3
const lockMs = 3_000
const patienceMs = 60_000

function refuse(step: RepairStep, error: unknown): never {
  const sqlstate = isTenantryError(error) ? error.detail?.['sqlstate'] : undefined
  // A step is made of names and definitions of the migrations; it holds no row's value.
  const [beginning] = step.sql.split(/ as | is | using | default | check /i)
  throw new TenantryError('DRIFT_REPAIR_FAILED', {
    message: `A step of the repair failed and all of it was rolled back${typeof sqlstate === 'string' ? ` (SQLSTATE ${sqlstate})` : ''}.`,
    detail: { statement: { number: 1, of: 1, begins: beginning }, ...(isTenantryError(error) ? error.detail : {}) },
    cause: error,
  })
}
