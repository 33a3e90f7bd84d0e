import type { AdminRun } from '@tenantry/connections/admin'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { setTimeout as sleep } from 'node:timers/promises'
import { findFailingStatement, headOf, type FailingStatement } from './failing-statement.ts'
import type { Migration } from './folder.ts'
import { recordScript, type Schema } from './ledger.ts'
import { isIndexBuilt } from './rebuilt-index.ts'

export interface ApplyOptions {
  schema: Schema
  /** A script that belongs to every migration, at the end of its transaction: what must never lag behind it. */
  afterEach?: string | undefined
  /**
   * A statement that waits for a table's lock makes everybody behind it wait too. So it waits briefly, lets the others
   * pass, and tries again. Defaults 3,000 and 10.
   */
  lockMs?: number | undefined
  attempts?: number | undefined
}

/** The first pause between two attempts; each further one is as much longer. */
const pauseMs = 250

/**
 * Applies one migration and notes it down. Throws MIGRATION_FAILED with the SQLSTATE and, in `detail.statement`, where;
 * a transaction is rolled back.
 */
export async function applyMigration(run: AdminRun, migration: Migration, options: ApplyOptions): Promise<void> {
  const { attempts = 10 } = options
  await run(lockTimeout(options))
  for (let attempt = 1; ; attempt++) {
    try {
      await (migration.mode === 'transaction' ? applyWhole : applySteps)(run, migration, options)
      return
    } catch (error) {
      if (isInTheWay(error) && attempt < attempts) await sleep(pauseMs * attempt)
      else throw await failed(run, migration, error)
    }
  }
}

/**
 * Applies the migrations that an empty database begins with as one message and one transaction, instead of four round trips
 * for each of them: nobody works there yet whom its locks could keep waiting. Gives those that were applied, all or none;
 * when one fails, whoever applies them one by one finds out which, and keeps those before it.
 */
export async function applyTogether(
  run: AdminRun,
  migrations: readonly Migration[],
  options: ApplyOptions,
): Promise<readonly Migration[]> {
  const end = migrations.findIndex(({ mode }) => mode !== 'transaction')
  const beginning = end < 0 ? migrations : migrations.slice(0, end)
  if (beginning.length < 2) return []
  try {
    await asTransaction(run, [
      lockTimeout(options),
      ...beginning.map(({ text }) => text),
      ...closing(beginning, options),
    ])
    return beginning
  } catch (error) {
    if (hasSqlstate(error)) return []
    throw error
  }
}

function lockTimeout({ lockMs = 3_000 }: ApplyOptions): string {
  return `set lock_timeout = ${lockMs}`
}

async function applyWhole(run: AdminRun, migration: Migration, options: ApplyOptions): Promise<void> {
  await asTransaction(run, [migration.text, ...closing([migration], options)])
}

/** What belongs to every migration, and their lines in the ledger. */
function closing(migrations: readonly Migration[], { schema, afterEach }: ApplyOptions): string[] {
  return [...(afterEach === undefined ? [] : [afterEach]), recordScript(schema, migrations)]
}

/** In one message: a round trip for each of hundreds of statements is what makes a fleet wait. */
async function asTransaction(run: AdminRun, scripts: string[]): Promise<void> {
  try {
    // A script may end with a comment, or without its semicolon.
    await run(['begin', ...scripts, 'commit'].join('\n;\n'))
  } catch (error) {
    // The failure that counts is the first one; a lost connection has rolled back already.
    await run('rollback').catch(() => undefined)
    throw error
  }
}

/** Each step must bear being run again: after a failure the whole migration starts over. Building an index does. */
async function applySteps(run: AdminRun, migration: Migration, options: ApplyOptions): Promise<void> {
  for (const [index, statement] of migration.statements.entries()) {
    if (await isIndexBuilt(run, statement)) continue
    await run(statement).catch((error: unknown) => {
      throw new FailedStep(error, headOf(migration, index))
    })
  }
  await asTransaction(run, closing([migration], options))
}

class FailedStep extends Error {
  override readonly name = 'FailedStep'
  readonly statement: FailingStatement

  constructor(cause: unknown, statement: FailingStatement) {
    super('a step failed', { cause })
    this.statement = statement
  }
}

/** The server said no, and the connection is still there. */
function hasSqlstate(error: unknown): boolean {
  return isTenantryError(error) && 'sqlstate' in (error.detail ?? {})
}

/** Somebody holds a lock, or two waited for each other. */
function isInTheWay(error: unknown): boolean {
  const { reason } = failureOf(error)
  return isTenantryError(reason) && ['55P03', '40P01'].includes(String(reason.detail?.['sqlstate']))
}

function failureOf(error: unknown): { reason: unknown; statement?: FailingStatement } {
  return error instanceof FailedStep ? { reason: error.cause, statement: error.statement } : { reason: error }
}

async function failed(run: AdminRun, migration: Migration, error: unknown): Promise<TenantryError> {
  const { tag, mode } = migration
  const { reason, statement = await whereItFailed(run, migration, error) } = failureOf(error)
  const known = isTenantryError(reason) ? { code: reason.code, ...reason.detail } : {}
  const sqlstate = 'sqlstate' in known && typeof known.sqlstate === 'string' ? ` (SQLSTATE ${known.sqlstate})` : ''
  const outcome = mode === 'transaction' ? 'was rolled back' : 'stopped between two steps; run it again'
  return new TenantryError('MIGRATION_FAILED', {
    message: `The migration ${tag} failed and ${outcome}${sqlstate}.`,
    detail: { tag, ...known, ...(statement && { statement }) },
    cause: reason,
  })
}

/** A script does not say which of its statements failed. Trying again what only met a lock would tell something else. */
async function whereItFailed(run: AdminRun, migration: Migration, error: unknown) {
  return migration.mode === 'steps' || isInTheWay(error) ? undefined : await findFailingStatement(run, migration)
}
