import type { Executor } from '@tenantry/connections/database'
import type { RunId, TenantId } from '@tenantry/contracts/ids'
import { TenantryError } from '@tenantry/errors'
import type { ErrorCode } from '@tenantry/errors/codes'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { runUnits } from '../run-units/table.ts'
import { assertHoldsNoSecret } from './no-secret.ts'
import type { Detail, RunStatus } from './run.ts'
import { runs } from './table.ts'

export interface UnitRow {
  key: string
  status: 'planned' | 'running' | 'done' | 'failed'
  attempts: number
  detail: Detail
  errorCode: string | null
  errorDetail: Detail | null
  startedAt: string | null
  finishedAt: string | null
}

export type UnitEnd =
  | { status: 'done'; detail: Detail }
  | { status: 'failed'; errorCode: ErrorCode; errorDetail: Detail }

/** What became known before a unit begins, and is written in the same transaction. */
export interface BeforeUnit {
  /** A unit that is done. */
  done?: { key: string; detail: Detail } | undefined
  /** Which tenant the run is about. */
  tenantId?: TenantId | undefined
}

/** What the holder of one claim writes. Every write holds only while the claim does, else it throws RUN_TAKEN_OVER. */
export class RunJournal {
  readonly #access: Access
  readonly #id: RunId
  readonly #claim: string

  constructor(access: Access, { id, claim }: { id: RunId; claim: string }) {
    this.#access = access
    this.#id = id
    this.#claim = claim
  }

  async plan(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return
    await this.#write((tx) =>
      tx.db
        .insert(runUnits)
        .values(keys.map((key) => ({ runId: this.#id, key })))
        .onConflictDoNothing(),
    )
  }

  begin(key: string, { done, tenantId }: BeforeUnit = {}): Promise<UnitRow> {
    if (done !== undefined) assertHoldsNoSecret(done.detail)
    return this.#write(async (tx) => {
      const begun = { status: 'running', startedAt: sql`now()`, finishedAt: null } as const
      const insert = tx.db
        .insert(runUnits)
        .values({ runId: this.#id, key, attempts: 1, ...begun })
        .onConflictDoUpdate({
          target: [runUnits.runId, runUnits.key],
          set: { ...begun, attempts: sql`${runUnits.attempts} + 1`, errorCode: null, errorDetail: null },
          setWhere: sql`${runUnits.status} <> 'done'`,
        })
      const [, , , [unit]] = await Promise.all([
        done && this.#endWithin(tx, done.key, { status: 'done', detail: done.detail }),
        tenantId && tx.db.update(runs).set({ tenantId }).where(this.#isMine()),
        insert,
        tx.db.select(unitColumns).from(runUnits).where(this.#at(key)),
      ])
      if (unit === undefined) throw new TenantryError('INTERNAL', { detail: { reason: 'the unit is not there' } })
      return unit
    })
  }

  async end(key: string, end: UnitEnd): Promise<void> {
    assertHoldsNoSecret(end)
    await this.#write((tx) => this.#endWithin(tx, key, end))
  }

  units(): Promise<UnitRow[]> {
    return unitsOf(this.#access.reader, this.#id)
  }

  async concerns(tenantId: TenantId): Promise<void> {
    await this.#own({ tenantId })
  }

  async beat(): Promise<void> {
    await this.#own({})
  }

  async finish(status: Exclude<RunStatus, 'running'>): Promise<void> {
    await this.#own({ status, finishedAt: sql`now()` })
  }

  async #own(change: Record<string, unknown>): Promise<void> {
    const held = await this.#access.write((tx) =>
      tx.db
        .update(runs)
        .set({ ...change, heartbeatAt: sql`now()` })
        .where(this.#isMine())
        .returning({ id: runs.id }),
    )
    if (held.length === 0) throw takenOver()
  }

  /** Shared, so that units of one run that are written at once do not wait for each other. Everything in one round trip. */
  #write<T>(work: (tx: Executor) => Promise<T>): Promise<T> {
    return this.#access.write(async (tx) => {
      const [held, result] = await Promise.all([
        tx.db.select({ id: runs.id }).from(runs).where(this.#isMine()).for('share'),
        work(tx),
      ])
      // What `work` wrote goes with the transaction.
      if (held.length === 0) throw takenOver()
      return result
    })
  }

  #endWithin(tx: Executor, key: string, end: UnitEnd) {
    return tx.db
      .update(runUnits)
      .set({ ...end, finishedAt: sql`now()` })
      .where(this.#at(key))
  }

  #isMine() {
    return and(eq(runs.id, this.#id), eq(runs.claim, this.#claim), eq(runs.status, 'running'))
  }

  #at(key: string) {
    return and(eq(runUnits.runId, this.#id), eq(runUnits.key, key))
  }
}

export function unitsOf(reader: Executor, id: RunId): Promise<UnitRow[]> {
  return reader.db
    .select(unitColumns)
    .from(runUnits)
    .where(eq(runUnits.runId, id))
    .orderBy(sql`${runUnits.startedAt} nulls last`, asc(runUnits.key))
}

const unitColumns = {
  key: runUnits.key,
  status: runUnits.status,
  attempts: runUnits.attempts,
  detail: runUnits.detail,
  errorCode: runUnits.errorCode,
  errorDetail: runUnits.errorDetail,
  startedAt: runUnits.startedAt,
  finishedAt: runUnits.finishedAt,
}

function takenOver(): TenantryError {
  return new TenantryError('RUN_TAKEN_OVER')
}
