import type { Executor } from '@tenantry/connections/database'
import { statement, type Statement } from '@tenantry/connections/statement'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import { found } from './found.ts'
import { inOneTrip } from './one-trip.ts'
import type { RecordKind, RecordRow } from './record-kind.ts'
import { withId, type RecordTable } from './record-table.ts'

export type LockStatement = Statement<{ id: string }, { locked: number }>

/** Keeps everybody else from changing a record before the transaction ends; referring to it stays possible. */
export function lockOf(table: RecordTable): LockStatement {
  return statement((db) =>
    db
      .select({ locked: sql<number>`1` })
      .from(table)
      .where(withId(table))
      .for('no key update'),
  )
}

/**
 * Locks a record and then reads it, in one round trip but by two statements: one that waits for a lock shows the locked row
 * as it is after the wait, and everything joined to it as it was before. Throws NOT_FOUND, and FORBIDDEN for one that
 * its reader may see and not change: locking it asks the policy for changes.
 */
export async function lockAndRead<Row extends RecordRow>(
  executor: Executor,
  kind: RecordKind<Row>,
  id: string,
): Promise<Row> {
  const [[locked], [row]] = await inOneTrip([executor.run(kind.lock, { id }), executor.run(kind.byId, { id })])
  const record = found(row)
  if (locked === undefined) throw new TenantryError('FORBIDDEN')
  return record
}
