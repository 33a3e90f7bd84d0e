import { openDatabase, type Database, type Executor, type Guard } from '@tenantry/connections/database'
import type { Pool } from '@tenantry/connections/pool'
import { tenantReader, tenantWriter } from '@tenantry/tenant-db/open'
import { limitsGuard } from '@tenantry/tenant-db/row-limits'
import type { TenantDb, TenantReader } from '@tenantry/tenant-db/types'
import type { Config } from './config.ts'
import type { GrantFacts } from './grant-desk.ts'
import { revocable } from './revocable-executor.ts'

/** Reads through a pool. A limit is a setting that a transaction begins with. */
export async function readThrough<T>(
  pool: Pool,
  facts: GrantFacts,
  work: (db: TenantReader) => Promise<T>,
): Promise<T> {
  const database = openDatabase(pool)
  if (facts.limits === null) return await readWith(database.reader, facts, work)
  return await database.transaction((tx) => readWith(tx, facts, work), {
    readOnly: true,
    guard: limitsGuard(facts.limits),
  })
}

async function readWith<T>(
  reader: Executor,
  { actor, limits }: GrantFacts,
  work: (db: TenantReader) => Promise<T>,
): Promise<T> {
  const { executor, revoke } = revocable(reader)
  try {
    return await work(tenantReader(executor, actor.id, limits))
  } finally {
    revoke()
  }
}

/** Whose writing it is, where, and what it may find out on the way. */
export interface WritingPiece {
  config: Config
  facts: GrantFacts
  begin: Begin
  /** Throws when the tenant may not go on. */
  assertServed: () => void
}

/** Writes through a pool, in the one transaction that `begin` makes. */
export async function writeThrough<T>(
  pool: Pool,
  { config, facts, begin, assertServed }: WritingPiece,
  work: (db: TenantDb) => Promise<T>,
): Promise<T> {
  const guard = facts.limits === null ? config.guard : limitsGuard(facts.limits, config.guard)
  const perform = async (tx: Executor) => {
    // A connection was waited for.
    assertServed()
    return await work(tenantWriter(tx, facts.actor))
  }
  return await begin(openDatabase(pool), perform, { facts, guard, assertServed })
}

/** How a piece of writing becomes a transaction. */
export type Begin = <T>(
  database: Database,
  perform: (tx: Executor) => Promise<T>,
  given: { facts: GrantFacts; guard: Guard; assertServed: () => void },
) => Promise<T>

export const asTransaction: Begin = (database, perform, { guard, assertServed }) =>
  database.transaction(
    async (tx) => {
      const result = await perform(tx)
      // The work took its time.
      assertServed()
      return result
    },
    { guard },
  )

/** Committed with the one statement it sends; a limited writer's begins with their limits, so that one is a transaction. */
export const asOneStatement: Begin = (database, perform, given) =>
  given.facts.limits === null
    ? database.oneStatement(perform, { guard: given.guard })
    : asTransaction(database, perform, given)
