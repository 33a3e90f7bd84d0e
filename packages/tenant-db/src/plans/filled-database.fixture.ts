import { openAdminLink, type AdminLink } from '@tenantry/connections/admin'
import { openDatabase, type Database, type Executor } from '@tenantry/connections/database'
import { openPool, type Pool } from '@tenantry/connections/pool'
import { createTenantDatabase, type TenantDatabase } from '@tenantry/testing/tenant-database'
import { mainServer } from '@tenantry/vitest-config/servers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll } from 'vitest'

/** Two tenants with many rows in one database, seen by one of them in the role that serves requests. */
export interface FilledDatabase {
  /** On one connection, so that its prepared statements can be looked at. */
  readonly reader: Executor
  /** The plans of the statements that `work` runs; they are not run, and answer with no rows, or with `answers` in turn. */
  explain(work: (executor: Executor) => Promise<unknown>, answers?: readonly object[][]): Promise<string>
}

/** For the top of a test file. */
export function useFilledDatabase(): FilledDatabase {
  let database: TenantDatabase
  let link: AdminLink
  let pool: Pool
  let served: Database
  beforeAll(async () => {
    database = await createTenantDatabase(mainServer(), 2)
    for (const tenant of database.tenants) await fill(tenant.app)
    await using admin = await openAdminLink(database.admin)
    await vacuumWhole(admin)
    const [mine] = database.tenants
    if (!mine) throw new Error('two tenants were asked for')
    link = await openAdminLink(mine.app)
    pool = openPool(mine.app, { max: 1 })
    served = openDatabase(pool)
  })
  afterAll(async () => {
    await Promise.all([link.close(), pool.close()])
    await database.drop()
  })
  return {
    get reader() {
      return served.reader
    },
    async explain(work, answers = []) {
      const plans: string[] = []
      const explaining: Pick<Executor, 'run'> = {
        async run(statement, parameters) {
          await statement.send(async (text, values) => {
            const lines = await link.run<{ 'QUERY PLAN': string }>(`explain ${text}`, values)
            plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'))
            return []
          }, parameters)
          return (answers[plans.length - 1] ?? []) as never[]
        },
      }
      await work(explaining as Executor)
      return plans.join('\n')
    },
  }
}

/**
 * Until every page is known to be visible to all: an index-only scan is planned by that, and a snapshot that somebody has
 * at the moment, autoanalyze for one, makes vacuum pass pages by.
 */
async function vacuumWhole(admin: AdminLink): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    await admin.run('vacuum analyze')
    const left = await admin.run(
      `select from pg_class where relnamespace = 'crm'::regnamespace and relkind = 'r' and relallvisible < relpages limit 1`,
    )
    if (left.length === 0) return
    await sleep(200)
  }
  throw new Error('some pages never became visible to all')
}

/** Enough rows for the planner to prefer an index. Nothing is known of the tables yet, so joins are told not to go row by row. */
async function fill(target: Parameters<typeof openAdminLink>[0]): Promise<void> {
  await using link = await openAdminLink(target)
  await link.run(`
    insert into crm.member_refs (user_id, display_name) select gen_random_uuid(), 'Member ' || n from generate_series(1, 20) n;
    insert into crm.accounts (name, status, billing_city, custom, created_at, updated_at)
      select 'Account ' || n, (array['active', 'inactive', 'blocked'])[n % 3 + 1], 'City ' || n % 500,
        case when n % 180 = 0 then jsonb_build_object('region', 'r' || n % 20) else '{}' end,
        now() - n * interval '1 minute', now() - n * interval '1 minute' from generate_series(1, 20000) n;
    insert into crm.contacts (first_name, last_name, created_at, updated_at)
      select 'First ' || n, 'Last', now() - n * interval '1 minute', now() - n * interval '1 minute' from generate_series(1, 5000) n;
    insert into crm.contact_points (contact_id, kind, value, value_norm)
      select id, 'email', 'c' || id || '@example.com', 'c' || id || '@example.com' from crm.contacts;
    insert into crm.pipelines (name, is_default) values ('Sales', true);
    insert into crm.pipeline_stages (pipeline_id, name, position, kind, probability, forecast_category)
      select id, 'Inquiry', 0, 'open', 10, 'pipeline' from crm.pipelines;
    insert into crm.opportunities (name, pipeline_id, stage_id, amount_minor, currency, probability, forecast_category,
        expected_close_on, created_at, updated_at, board_rank)
      select 'Wedding ' || n, s.pipeline_id, s.id, n * 100, 'USD', 10, 'pipeline', date '2027-01-01' + n % 700,
        now() - n * interval '1 minute', now() - n * interval '1 minute', 'n' || n
      from generate_series(1, 5000) n, crm.pipeline_stages s;
    insert into crm.locations (name, city, time_zone, created_at, updated_at)
      select 'Hall ' || n, 'City ' || n % 500, 'UTC', ${instants} from generate_series(1, 5000) n;
    insert into crm.leads (last_name, status, wanted_on, created_at, updated_at)
      select 'Lead ' || n, (array['new', 'contacted'])[n % 2 + 1], date '2027-01-01' + n % 700, ${instants}
      from generate_series(1, 5000) n;
    insert into crm.events (title, event_type, account_id, time_zone, first_starts_at, created_at, updated_at)
      select 'Wedding ' || n, 'wedding', a.id, 'UTC', now() + n * interval '1 hour', ${instants}
      from generate_series(1, 5000) n, (select id from crm.accounts limit 1) a;
    insert into crm.event_dates (label, event_id, local_date, start_time, end_time, time_zone, created_at, updated_at)
      select 'Day ' || n, e.id, date '2027-01-01' + n % 700, '10:00', '11:00', 'UTC', ${instants}
      from generate_series(1, 5000) n join ${each('events')} e using (n);
    insert into crm.resources (name, kind, created_at, updated_at)
      select 'Booth ' || n, 'equipment', ${instants} from generate_series(1, 5000) n;
    insert into crm.tasks (title, due_on, created_at, updated_at)
      select 'Call ' || n, date '2027-01-01' + n % 700, ${instants} from generate_series(1, 5000) n;
    insert into crm.notes (title, body_md, created_at, updated_at)
      select 'Note ' || n, 'Text', ${instants} from generate_series(1, 5000) n;
    insert into crm.communications (subject, channel, direction, occurred_at, created_at, updated_at)
      select 'Call ' || n, 'call', 'inbound', now() - n * interval '1 hour', ${instants} from generate_series(1, 5000) n;
    insert into crm.attachments (file_name, storage_key, byte_size, media_type, state, created_at, updated_at)
      select 'File ' || n, 'attachments/' || gen_random_uuid(), n * 100, 'text/plain', 'ready', ${instants} from generate_series(1, 5000) n;
    insert into crm.catalog_items (name, kind, price_minor, currency, created_at, updated_at)
      select 'Booth ' || n, 'package', n * 100, 'USD', ${instants} from generate_series(1, 5000) n;
    insert into crm.quotes (number, title, account_id, currency, subtotal_minor, total_minor, valid_until, created_at, updated_at)
      select 'Q-' || n, 'Quote ' || n, a.id, 'USD', n * 100, n * 100, date '2027-01-01' + n % 700, ${instants}
      from generate_series(1, 5000) n join ${each('accounts')} a using (n);
    insert into crm.contracts (number, title, account_id, body_html, body_sha256, created_at, updated_at)
      select 'C-' || n, 'Contract ' || n, a.id, '', '', ${instants}
      from generate_series(1, 5000) n join ${each('accounts')} a using (n);
    insert into crm.invoices (number, status, issued_on, bill_to, account_id, currency, subtotal_minor, total_minor, due_on,
        created_at, updated_at)
      select 'INV-' || n, 'issued', '2027-01-01', '{}', a.id, 'USD', n * 100, n * 100, date '2027-01-01' + n % 700, ${instants}
      from generate_series(1, 5000) n join ${each('accounts')} a using (n);
    insert into crm.payments (account_id, status, amount_minor, currency, method, received_at, idempotency_key, reference)
      select a.id, 'succeeded', n, 'USD', 'cash', now() - n * interval '1 minute', n, 'Transfer ' || n
      from generate_series(1, 5000) n join ${each('accounts')} a using (n);
    insert into crm.payment_allocations (payment_id, invoice_id, amount_minor)
      select p.id, i.id, 1 from crm.payments p join crm.invoices i on i.number = 'INV-' || p.idempotency_key;
    set enable_nestloop = off;
    insert into crm.record_links (note_id, account_id)
      select n.id, a.id from ${each('notes')} n join ${each('accounts')} a using (n);
    insert into crm.record_changes (entity, entity_id, action, diff)
      select 'invoice', id, action, '{}' from crm.invoices, unnest(array['created', 'changed', 'issued', 'paid']) action;
    insert into crm.contact_accounts (contact_id, account_id)
      select c.id, a.id from ${each('contacts')} c join ${each('accounts')} a using (n) where n <= 1500;
    insert into crm.record_links (account_id, task_id)
      select a.id, t.id from ${each('accounts')} a join ${each('tasks')} t using (n) where n <= 1500;
    insert into crm.record_links (account_id, communication_id)
      select a.id, t.id from ${each('accounts')} a join ${each('communications')} t using (n) where n <= 1500;
    insert into crm.record_links (account_id, attachment_id)
      select a.id, t.id from ${each('accounts')} a join ${each('attachments')} t using (n) where n <= 1500;`)
}

/** Rows of a table with numbers: what points at them points at all of them, as it does after years of use. */
const each = (table: string) => `(select id, (row_number() over ())::integer as n from crm.${table})`
const instants = `now() - n * interval '1 minute', now() - n * interval '1 minute'`
