import { eq, sql } from 'drizzle-orm'
import { integer, jsonb, numeric, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { mainServer } from '@tenantry/vitest-config/servers'
import { createDatabase, type TestDatabase } from '@tenantry/testing/databases'
import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest'
import { openAdminLink, withAdminConnection, type AdminLink, type AdminRun } from './admin.ts'
import { citext, instant, localDate, minorUnits } from './columns.ts'
import { openDatabase, type Database } from './database.ts'
import { openPool, type Pool, type PoolOptions } from './pool.ts'
import { statement } from './statement.ts'
import type { Target } from './target.ts'

/** A table with every kind of column that the tables of the product use. */
export const events = pgTable('events', {
  id: integer().primaryKey(),
  name: text().notNull(),
  day: localDate(),
  startsAt: instant('starts_at'),
  fee: minorUnits(),
  hours: numeric({ precision: 12, scale: 3 }),
  email: citext(),
  facts: jsonb().$type<Record<string, unknown>>(),
  labels: text().array(),
  key: uuid(),
  zoned: timestamp({ withTimezone: true, mode: 'string' }),
})

const createEvents = `
  create extension if not exists citext;
  create table events (
    id int primary key, name text not null unique, day date, starts_at timestamptz, fee bigint check (fee >= 0),
    hours numeric(12,3), email citext, facts jsonb, labels text[], key uuid, zoned timestamptz);
  insert into events (id, name) values (1, 'wedding'), (2, 'gala');`

export const byId = statement<{ id: number }, { id: number; name: string }>((db) =>
  db
    .select({ id: events.id, name: events.name })
    .from(events)
    .where(eq(events.id, sql.placeholder('id'))),
)

export const insert = statement<{ id: number; name: string }, { id: number }>((db) =>
  db
    .insert(events)
    .values({ id: sql.placeholder('id'), name: sql.placeholder('name') })
    .returning({ id: events.id }),
)

/** A database with the table `events`, in which each test finds two rows, seen from outside the pool under test. */
export interface EventsHome {
  readonly target: Target
  readonly admin: AdminRun
  /** Which of these ids have a row that everybody sees. */
  stored(...ids: number[]): Promise<number[]>
  /** Ends every other session, as an administrator or a crash of its backend would. */
  killBackends(): Promise<void>
  /** Opens a pool that is closed with the test. */
  openPool(options?: PoolOptions, target?: Target): { pool: Pool; database: Database }
}

/** For the top of a test file. */
export function useEvents(): EventsHome {
  let home: TestDatabase
  let link: AdminLink
  beforeAll(async () => {
    home = await createDatabase(mainServer())
    await withAdminConnection(home.admin, (run) => run(createEvents))
    link = await openAdminLink(home.admin)
  })
  afterAll(async () => {
    await link.close()
    await home.drop()
  })
  beforeEach(async () => {
    await link.run('delete from events where id > 2')
  })
  return {
    get target() {
      return home.admin
    },
    admin: (...statement) => link.run(...statement),
    async stored(...ids) {
      const rows = await link.run<{ id: number }>('select id from events where id = any ($1) order by id', [ids])
      return rows.map(({ id }) => id)
    },
    async killBackends() {
      await link.run(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`)
    },
    openPool(options = {}, target = home.admin) {
      const pool = openPool(target, { statementMs: 4000, ...options })
      onTestFinished(() => pool.close())
      return { pool, database: openDatabase(pool) }
    },
  }
}

/** `opened` resolves when `open` was called. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let resolve = () => {}
  const opened = new Promise<void>((resolver) => (resolve = resolver))
  return { opened, open: () => resolve() }
}
