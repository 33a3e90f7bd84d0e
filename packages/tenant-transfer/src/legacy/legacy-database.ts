import { openAdminLink, withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { legacyTables, legacyTableNames } from './columns.ts'
import { makeCompanyRows, type LegacyRows } from './make-company.ts'

export { legacyTableNames, type LegacyTable } from './columns.ts'
export { legacyRowCounts } from './make-company.ts'

/** The old tables with these companies in them, in a database that has none yet. */
export async function ensureLegacyDatabase(
  admin: Target,
  { legacyRole, companies }: { legacyRole: string; companies: LegacyCompany[] },
): Promise<void> {
  await withAdminConnection(admin, async (run) => {
    const present = await run(`select from pg_class where oid = to_regclass('public.accounts')`)
    if (present.length > 0) return
    await run(
      `do $$ begin create role "${legacyRole}"; exception when duplicate_object or unique_violation then end $$`,
    )
    await createLegacyTables(run, { legacyRole })
    for (const company of companies) await fillLegacyCompany(run, company)
  })
}

/** For the demo, tests and measurements: the old system's tables in schema `public`, with the login of the old system. */
export async function createLegacyTables(run: AdminRun, { legacyRole }: { legacyRole: string }): Promise<void> {
  for (const table of legacyTableNames) {
    const columns = Object.entries<string>(legacyTables[table]).map(
      ([name, type]) => `${name} ${type}${rules[name] ?? ''}`,
    )
    await run(`create table if not exists public.${table} (${columns.join(', ')})`)
    await run(`create index if not exists ${table}_tenant on public.${table} (tenant_id)`)
    await run(`grant select, insert, update, delete on public.${table} to "${legacyRole}"`)
  }
}

/** No foreign keys, no checks: nothing in the old system held its rows to anything. */
const rules: Record<string, string> = {
  id: ' primary key default gen_random_uuid()',
  tenant_id: ' not null',
  created_at: ' not null default now()',
  updated_at: ' not null default now()',
}

export interface LegacyCompany {
  legacyTenantId: string
  /** Users of the application who own some of the records. */
  memberIds: string[]
}

/** 253 rows in 13 tables, with everything that is ugly about them; the same ones for the same id. Runs twice without harm. */
export async function fillLegacyCompany(run: AdminRun, company: LegacyCompany): Promise<void> {
  await putRows(run, makeCompanyRows(company))
}

export async function putRows(run: AdminRun, rows: Partial<LegacyRows>): Promise<void> {
  for (const table of legacyTableNames) {
    if (rows[table] === undefined) continue
    await run(
      `insert into public.${table} select * from jsonb_populate_recordset(null::public.${table}, $1::jsonb) on conflict (id) do nothing`,
      [JSON.stringify(rows[table])],
    )
  }
}

/** Any number of accounts, made by Postgres itself; every hundredth without a usable telephone number. */
export async function ensureManyAccounts(
  admin: Target,
  { legacyTenantId, rows }: { legacyTenantId: string; rows: number },
): Promise<void> {
  await using link = await openAdminLink(admin, { statementMs: 600_000 })
  await link.run(
    `insert into public.accounts (tenant_id, name, type, status, email, phone, website, industry, annual_revenue, billing_address,
       billing_street, billing_city, billing_state, billing_zip, billing_country, notes)
     select $1::uuid, 'Company ' || n, (array['Customer', 'individual', 'Prospect'])[1 + n % 3], 'active', 'office@company-' || n || '.example',
       case when n % 100 = 0 then 'call us' else '(415) 555-' || lpad((n % 10000)::text, 4, '0') end, 'https://company-' || n || '.example',
       (array['weddings', 'corporate', 'schools', 'festivals'])[1 + n % 4], n * 1.25,
       case when n % 4 = 0 then jsonb_build_object('street', n || ' Old Road', 'city', 'Portland') end, n || ' Main Street', 'Springfield', 'OR',
       lpad((n % 100000)::text, 5, '0'), 'USA', case when n % 5 = 0 then 'Was a customer before.' || chr(10) || 'Calls on Mondays.' end
     from generate_series(1, $2::integer) n`,
    [legacyTenantId, rows],
  )
}
