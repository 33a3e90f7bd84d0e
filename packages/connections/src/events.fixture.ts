import { integer, jsonb, numeric, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { mainServer } from '@tenantry/vitest-config/servers'
import { createDatabase, type TestDatabase } from '@tenantry/testing/databases'
import { onTestFinished } from 'vitest'
import { withAdminConnection, type AdminRun } from './admin.ts'
import { citext, instant, localDate, minorUnits } from './columns.ts'
import { openDatabase, type Database } from './database.ts'
import { openPool, type Pool, type PoolOptions } from './pool.ts'
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

export const createEvents = `
  create extension if not exists citext;
  create table events (
    id int primary key, name text not null unique, day date, starts_at timestamptz, fee bigint check (fee >= 0),
    hours numeric(12,3), email citext, facts jsonb, labels text[], key uuid, zoned timestamptz);
  insert into events (id, name) values (1, 'wedding'), (2, 'gala');`

/** A database of its own with the table `events`. */
export async function createEventsDatabase(): Promise<TestDatabase> {
  const database = await createDatabase(mainServer())
  await withAdminConnection(database.admin, (run) => run(createEvents))
  return database
}

/** Opens a pool that is closed with the test. */
export function openTestPool(target: Target, options: PoolOptions = {}): { pool: Pool; database: Database } {
  const pool = openPool(target, { statementMs: 4000, ...options })
  onTestFinished(() => pool.close())
  return { pool, database: openDatabase(pool) }
}

/** Ends every other session of the database, as an administrator or a crash of its backend would. */
export async function killBackends(run: AdminRun): Promise<void> {
  await run(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`)
}
