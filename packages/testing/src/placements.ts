import { openDatabase, type Database } from '@tenantry/connections/database'
import { openPool, type Pool } from '@tenantry/connections/pool'
import type { UserId } from '@tenantry/contracts/ids'
import { tenantReader, tenantWriter } from '@tenantry/tenant-db/open'
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
  const database = openDatabase(pool)
  // A test's ids are of the brand the test says they are.
  const person = { id: v7() as UserId, name: 'Robin Weber' }
  const actor: Actor = { id: person.id, kind: 'user', requestId: 'test' }
  const desk: Desk = {
    person,
    database,
    read: tenantReader(database.reader),
    write: (work) => database.transaction((tx) => work(tenantWriter(tx, actor))),
  }
  await desk.write((db) => db.memberRefs.put([{ userId: person.id, name: person.name, email: null, status: 'active' }]))
  return { ...desk, pool }
}
