import { openDatabase, type Database, type Executor, type Guard } from '@tenantry/connections/database'
import { openPool, type Pool } from '@tenantry/connections/pool'
import type { UserId } from '@tenantry/contracts/ids'
import { tenantReader, tenantWriter } from '@tenantry/tenant-db/open'
import { limitsGuard, type RowLimits } from '@tenantry/tenant-db/row-limits'
import type { Actor, TenantDb, TenantReader } from '@tenantry/tenant-db/types'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe } from 'vitest'
import { createTenantDatabase, type TestTenant } from './tenant-database.ts'

/** A tenant as its own staff sees it. */
export interface Desk {
  /** The person in whose name is written; a member of the tenant. */
  person: { id: UserId; name: string }
  read: TenantReader
  write<T>(work: (db: TenantDb) => Promise<T>): Promise<T>
  /** Plain SQL in the tenant's own role. */
  database: Database
  /** Another member of the same tenant, who reaches the records of these people only. */
  limited(limitsOf: (person: UserId) => RowLimits): Promise<Desk>
}

export interface Placement {
  mine: Desk
  /** Another tenant: in the same database when the placement is shared, on another server when it is dedicated. */
  theirs: Desk
}

export const placements = ['dedicated', 'shared'] as const

/** Runs a suite in both placements, each time with another tenant around. `placement()` may be asked inside of tests. */
export function inEveryPlacement(suite: (placement: () => Placement) => void): void {
  describe.each(placements)('in a %s database', (kind) => {
    let opened: Awaited<ReturnType<typeof openPlacement>>
    beforeAll(async () => {
      opened = await openPlacement(kind)
    })
    afterAll(() => opened.close())
    suite(() => opened)
  })
}

/** Closed by whoever opened it. */
export async function openPlacement(
  kind: (typeof placements)[number],
): Promise<Placement & { close(): Promise<void> }> {
  const databases =
    kind === 'shared'
      ? [await createTenantDatabase(mainServer(), 2)]
      : await Promise.all([createTenantDatabase(mainServer()), createTenantDatabase(elsewhereServer())])
  const [mine, theirs] = await Promise.all(databases.flatMap(({ tenants }) => tenants).map(openDesk))
  if (!mine || !theirs) throw new Error('a placement has two tenants')
  const close = async () => {
    await Promise.all([mine.pool.close(), theirs.pool.close()])
    await Promise.all(databases.map((database) => database.drop()))
  }
  return { mine, theirs, close }
}

async function openDesk(tenant: TestTenant): Promise<Desk & { pool: Pool }> {
  const pool = openPool(tenant.app, { max: 16 })
  return { ...(await seat(openDatabase(pool), 'Robin Weber')), pool }
}

/** A person of the tenant, known to its database. */
async function seat(database: Database, name: string, limitsOf?: (person: UserId) => RowLimits): Promise<Desk> {
  // A test's ids are of the brand the test says they are.
  const person = { id: v7() as UserId, name }
  const actor: Actor = { id: person.id, kind: 'user', requestId: 'test' }
  const limits = limitsOf?.(person.id) ?? null
  const guard = limits === null ? undefined : limitsGuard(limits)
  const desk: Desk = {
    person,
    database,
    read: tenantReader(guard === undefined ? database.reader : limitedReader(database, guard), person.id, limits),
    write: (work) => database.transaction((tx) => work(tenantWriter(tx, actor)), guard && { guard }),
    limited: (limits) => seat(database, 'Kim Vogel', limits),
  }
  await desk.write((db) => db.memberRefs.put([{ userId: person.id, name, email: null, status: 'active' }]))
  return desk
}

/** Each statement by itself, within the limits. */
function limitedReader(database: Database, guard: Guard): Executor {
  return {
    ...database.reader,
    run: (statement, parameters) =>
      database.transaction((tx) => tx.run(statement, parameters), { readOnly: true, guard }),
  }
}
