import type { AdminRun } from '@tenantry/connections/admin'
import type { Executor } from '@tenantry/connections/database'
import { isTenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import type { Migration } from './folder.ts'

export type Schema = 'app' | 'crm'

export interface LedgerEntry {
  tag: string
  hash: string
}

/** What was applied, oldest first; nothing when the database has never been migrated. Not to be asked in a transaction. */
export async function readLedger(run: AdminRun, schema: Schema): Promise<LedgerEntry[]> {
  try {
    return await run<{ tag: string; hash: string }>(`select tag, hash from ${ledgerOf(schema)} order by position`)
  } catch (error) {
    // Asking first whether it exists would cost every database of a fleet a round trip.
    if (isTenantryError(error) && error.detail?.['sqlstate'] === '42P01') return []
    throw error
  }
}

/** The text of a migration as it was applied; undefined for one from before texts were kept. */
export async function readAppliedText(run: AdminRun, schema: Schema, tag: string): Promise<string | undefined> {
  const [found] = await run<{ script: string | null }>(
    `select to_jsonb(m) ->> 'script' as script from ${ledgerOf(schema)} m where tag = $1`,
    [tag],
  )
  return found?.script ?? undefined
}

/**
 * Notes migrations down, in this order, as statements without parameters that can stand in its own script. The ledger is made with the
 * first migration, in its transaction: before it there is no schema to make it in.
 */
export function recordScript(schema: Schema, migrations: readonly Migration[]): string {
  const lines = migrations.map(({ tag, hash, text }) => `(${quoted(tag)}, ${quoted(hash)}, ${quoted(text)})`)
  return `
    create table if not exists ${ledgerOf(schema)} (
      position integer generated always as identity primary key,
      tag text not null unique,
      hash text not null,
      applied_at timestamptz not null default now(),
      applied_by text not null default session_user
    );
    alter table ${ledgerOf(schema)} add column if not exists script text;
    insert into ${ledgerOf(schema)} (tag, hash, script) values ${lines.join(', ')};`
}

/** Between dollars that the text cannot hold. */
function quoted(text: string): string {
  let mark = '$t$'
  for (let count = 0; text.includes(mark); count++) mark = `$t${count}$`
  return `${mark}${text}${mark}`
}

/** The tag of the newest migration in the database; undefined when it has none. */
export async function schemaVersion(executor: Executor, schema: Schema): Promise<string | undefined> {
  const newest = sql`select tag from ${sql.identifier(schema)}.schema_migrations order by position desc limit 1`
  const [found] = await executor.db.execute<{ tag: string }>(newest)
  return found?.tag
}

function ledgerOf(schema: Schema): string {
  return `${schema}.schema_migrations`
}
