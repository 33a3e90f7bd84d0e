import type { AdminRun } from '@tenantry/connections/admin'
import type { Database } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Half } from './ledger.ts'

/** A business table like every other: its tenant follows from the login, row security is forced. */
export async function createHalves(admin: AdminRun, roles: readonly string[]): Promise<void> {
  await admin(`
    create table crm.halves (
      tenant_id uuid not null default crm.current_tenant(), attempt int not null, half int not null,
      primary key (tenant_id, attempt, half));
    alter table crm.halves enable row level security;
    alter table crm.halves force row level security;
    create policy own_rows on crm.halves
      using (tenant_id = (select crm.current_tenant())) with check (tenant_id = (select crm.current_tenant()));`)
  for (const role of roles) await admin(`grant select, insert on crm.halves to "${role}"`)
}

/** Every row of every tenant, as the superuser sees them. */
export function allHalves(admin: AdminRun): Promise<Half[]> {
  return admin<Half & Record<string, unknown>>('select attempt, half, tenant_id::text as tenant from crm.halves')
}

/** What the server said about where a half went. */
export type Whereabouts = {
  tenant: string
  transaction: string
}

const insertHalf = statement<{ attempt: number; half: number }, Whereabouts>((db) =>
  db.execute<Whereabouts>(sql`insert into crm.halves (attempt, half) values (${sql.placeholder('attempt')}, ${sql.placeholder('half')})
    returning tenant_id::text as tenant, pg_current_xact_id()::text as transaction`),
)

const latest = statement<Record<string, never>, { tenant: string }>((db) =>
  db.execute<{ tenant: string }>(sql`select tenant_id::text as tenant from crm.halves order by attempt desc limit 20`),
)

/** One transaction of two statements, with a pause between them that leaves time for an accident. */
export function writeBothHalves(database: Database, attempt: number, pauseMs: number): Promise<Whereabouts[]> {
  return database.transaction(async (tx) => {
    const first = await tx.run(insertHalf, { attempt, half: 1 })
    if (pauseMs > 0) await sleep(pauseMs)
    const second = await tx.run(insertHalf, { attempt, half: 2 })
    return [...first, ...second]
  })
}

/** The tenants of the rows that this database shows. */
export async function tenantsInSight(database: Database): Promise<Set<string>> {
  const rows = await database.reader.run(latest, {})
  return new Set(rows.map(({ tenant }) => tenant))
}
