import { withAdminConnection } from '@tenantry/connections/admin'
import { openDatabase, type Database, type Executor } from '@tenantry/connections/database'
import { openPool } from '@tenantry/connections/pool'
import type { Target } from '@tenantry/connections/target'
import { createTenantDatabase, type TestTenant } from '@tenantry/testing/tenant-database'
import { mainServer } from '@tenantry/vitest-config/servers'
import { sql } from 'drizzle-orm'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { epochGuard, isRefusedEpoch, raiseEpoch } from './epoch.ts'

/** A database of the test's own, with as many tenants. */
async function stage(tenantCount: number) {
  const database = await createTenantDatabase(mainServer(), tenantCount)
  onTestFinished(() => database.drop())
  const desks = database.tenants.map((tenant) => {
    const pool = openPool(tenant.app, { max: 4 })
    onTestFinished(() => pool.close())
    return { tenant, database: openDatabase(pool) }
  })
  const [mine, other] = desks
  if (mine === undefined) throw new Error('the database has a tenant')
  return { ...mine, other: other ?? mine, admin: database.admin }
}

/** What the service role of fleet and transfer would do. */
const raise = (tenant: TestTenant, patienceMs?: number) =>
  raiseEpoch(tenant, patienceMs === undefined ? {} : { patienceMs })

const insert = (name: string) => async (tx: Executor) => {
  await tx.db.execute(sql`insert into crm.accounts (name) values (${name})`)
}
const ways = {
  transaction: (database: Database, identity: string, work: (tx: Executor) => Promise<void>) =>
    database.transaction(work, { guard: epochGuard(identity) }),
  oneStatement: (database: Database, identity: string, work: (tx: Executor) => Promise<void>) =>
    database.oneStatement(work, { guard: epochGuard(identity) }),
}

const names = async (database: Database) =>
  (await database.reader.db.execute<{ name: string }>(sql`select name from crm.accounts order by name`)).map(
    ({ name }) => name,
  )

async function refused(attempt: Promise<unknown>): Promise<void> {
  const error: unknown = await attempt.then(
    () => 'it was saved',
    (caught: unknown) => caught,
  )
  expect(error).toSatisfy(isRefusedEpoch)
}

describe.each([1, 2])('in a database of %i tenants', (tenantCount) => {
  test.each(['transaction', 'oneStatement'] as const)(
    'once the epoch is raised, nothing is saved by whoever was told of the older one: %s',
    async (way) => {
      const { tenant, database, other } = await stage(tenantCount)
      const save = ways[way]
      await save(database, tenant.identity, insert('Before'))
      const identity = await raise(tenant)
      expect(identity).toBe(tenant.identity.replace(/1$/, '2'))
      await refused(save(database, tenant.identity, insert('Late')))
      await save(database, identity, insert('After'))
      expect(await names(database)).toEqual(['After', 'Before'])
      if (other.tenant !== tenant) await save(other.database, other.tenant.identity, insert('Neighbour'))
    },
  )
})

test('a work that does not even look at its failure saves nothing', async () => {
  const { tenant, database } = await stage(1)
  await raise(tenant)
  await refused(
    ways.transaction(database, tenant.identity, async (tx) => {
      await insert('Late')(tx).catch(() => undefined)
    }),
  )
  expect(await names(database)).toEqual([])
})

test('raising waits for the transactions that write, and whoever queued behind it is refused', async () => {
  const { tenant, admin, database } = await stage(1)
  const order: string[] = []
  let finish = () => {}
  const finishing = new Promise<void>((resolve) => (finish = resolve))
  const writing = ways.transaction(database, tenant.identity, async (tx) => {
    await insert('In time')(tx)
    await finishing
  })
  await sleep(100)
  const raising = raise(tenant).then(() => order.push('raised'))
  await waitsFor(admin, () => order.length > 0)
  const queued = refused(ways.transaction(database, tenant.identity, insert('Queued')))
  await sleep(100)
  order.push('still writing')
  finish()
  await Promise.all([writing, raising, queued])
  expect(order).toEqual(['still writing', 'raised'])
  expect(await names(database)).toEqual(['In time'])
})

/** Until somebody in the database waits for a lock, or `isOver` says that nobody will. */
async function waitsFor(admin: Target, isOver: () => boolean): Promise<void> {
  await expect
    .poll(async () => {
      const waiting = await withAdminConnection(admin, (run) =>
        run(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`),
      )
      return isOver() || waiting.length > 0
    })
    .toBe(true)
}

test('raising gives up when a transaction lasts too long, and leaves everything as it was', async () => {
  const { tenant, database } = await stage(1)
  await ways.transaction(database, tenant.identity, async (tx) => {
    await insert('Slow')(tx)
    await expect(raise(tenant, 300)).rejects.toMatchObject({ code: 'DATABASE_BUSY' })
  })
  await ways.transaction(database, tenant.identity, insert('Next'))
  expect(await names(database)).toEqual(['Next', 'Slow'])
})

test('a transaction that would not see a move is refused', async () => {
  const { tenant, database } = await stage(1)
  const guard = epochGuard(tenant.identity)
  const old = database.transaction(insert('Old'), { isolation: 'repeatable read', guard })
  await expect(old).rejects.toMatchObject({ code: 'DATABASE_ERROR', detail: { sqlstate: '0A000' } })
})

test('a superuser, whom no policy holds back, cannot raise the epoch of everybody', async () => {
  const { tenant, admin, other } = await stage(2)
  await expect(withAdminConnection(admin, (run) => run('select crm.raise_epoch()'))).rejects.toMatchObject({
    detail: { sqlstate: '28000' },
  })
  await raise(tenant)
  const epochs = await withAdminConnection(admin, (run) =>
    run(
      `select tenant_id::text as tenant, array_agg(distinct epoch)::text as epochs from crm.identity group by tenant_id`,
    ),
  )
  expect(epochs).toHaveLength(2)
  expect(epochs).toContainEqual({ tenant: tenant.tenantIdInDataSource, epochs: '{2}' })
  expect(epochs).toContainEqual({ tenant: other.tenant.tenantIdInDataSource, epochs: '{1}' })
  expect(other.tenant).not.toBe(tenant)
})
