import type { Fault } from '../fault.ts'
import { newestMigrationWith } from '../newest-migration.ts'

const rowSecurity = 'packages/tenant-db/src/row-security.test.ts'
const tables = 'packages/tenant-db/migrations/0001_tables.sql'
const accountsPolicy =
  'CREATE POLICY "tenant_isolation" ON "crm"."accounts" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));'

const everyTable = 'packages/tenant-db/src/every-table.test.ts'

/** Taken from the databases themselves: what must hold when all code above it errs. */
export const databaseFaults: Fault[] = [
  {
    name: 'test servers: forget the last commits of one that is killed',
    file: 'packages/local-postgres/src/postmaster.ts',
    find: "{ fsync: 'off',",
    replace: "{ synchronous_commit: 'off', fsync: 'off',",
    caughtBy: {
      file: 'packages/local-postgres/src/local-postgres.test.ts',
      test: 'a killed server keeps what was committed and starts again on its port, durable: false',
    },
  },
  {
    name: 'every table: show saved views to whoever asks',
    file: tables,
    find: 'ON "crm"."saved_views" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant()))',
    replace: 'ON "crm"."saved_views" AS PERMISSIVE FOR ALL TO public USING (true)',
    caughtBy: {
      file: everyTable,
      test: 'shows a session its own rows, and neither shows, changes nor takes those of a neighbour',
    },
  },
  {
    name: 'every table: leave the outbox out of the schema',
    file: 'packages/tenant-db/src/schema.ts',
    find: "export { outbox } from './outbox/table.ts'\n",
    replace: '',
    caughtBy: { file: everyTable, test: 'the tables that Postgres has are those that the schema says' },
  },
  {
    name: 'every table: make nothing of one',
    file: 'packages/tenant-db/src/every-table.fixture.ts',
    find: '  await db.webhooks.settle(',
    replace: '  if (attempt.number > 1) await db.webhooks.settle(',
    caughtBy: { file: everyTable, test: 'has rows that the work of a company makes' },
  },
  {
    name: 'every table: leave out the test that tries to take links along to a neighbour',
    file: 'packages/tenant-db/src/record-links/links.test.ts',
    find: 'db.recordLinks.takeAlong(',
    replace: "db['recordLinks'].takeAlong(",
    caughtBy: { file: everyTable, test: 'has a test that tries to reach what is another tenant’s' },
  },
  {
    name: 'every table: leave communications out of what moves in',
    file: 'packages/tenant-transfer/src/manifest/manifest.ts',
    find: '  attachments,\n  communications,\n]',
    replace: '  attachments,\n]',
    caughtBy: {
      file: 'packages/tenant-transfer/src/manifest/manifest.test.ts',
      test: 'every table that moving in may write to has a line in the manifest',
    },
  },
  {
    name: 'drop the policy of accounts',
    file: tables,
    find: accountsPolicy,
    replace: '',
    caughtBy: {
      file: rowSecurity,
      test: 'every table with a tenant has exactly one policy that admits rows, and it asks for the tenant of the session',
    },
  },
  {
    name: 'let the policy of accounts pass every row',
    file: tables,
    find: accountsPolicy,
    replace: 'CREATE POLICY "tenant_isolation" ON "crm"."accounts" USING (true) WITH CHECK (true);',
    caughtBy: {
      file: rowSecurity,
      test: 'no table shows one tenant the rows of the other, nor lets it change or delete them',
    },
  },
  {
    name: 'do not force row security on accounts',
    file: tables,
    find: 'ALTER TABLE "crm"."accounts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;',
    replace: 'ALTER TABLE "crm"."accounts" ENABLE ROW LEVEL SECURITY;',
    caughtBy: { file: rowSecurity, test: 'every table with a tenant has row security enabled and forced' },
  },
  {
    name: 'overlook that the session claims another tenant',
    file: newestMigrationWith('tenant-db', 'if claimed is distinct from id and claimed is not null then'),
    find: 'if claimed is distinct from id and claimed is not null then',
    replace: 'if false then',
    caughtBy: {
      file: rowSecurity,
      test: 'a login that claims another tenant than its own gets nothing, not even an empty answer',
    },
  },
  {
    name: 'let roles that serve requests rewrite history',
    file: newestMigrationWith(
      'tenant-db',
      'revoke update, delete on crm.record_changes, crm.opportunity_stage_history, crm.payments from %I',
    ),
    find: 'revoke update, delete on crm.record_changes, crm.opportunity_stage_history, crm.payments from %I',
    replace: 'revoke update, delete on crm.payments from %I',
    caughtBy: { file: rowSecurity, test: 'a role that serves requests cannot rewrite history' },
  },
  {
    name: 'let anybody edit the audit log',
    file: 'packages/app-db/migrations/0001_guards.sql',
    find: `create trigger audit_log_append_only before update or delete on app.audit_log
  for each row execute function app.refuse_audit_change();`,
    replace: 'select 1;',
    caughtBy: {
      file: 'packages/app-db/src/audit/append-only.test.ts',
      test: 'not even the owner of the database edits the log by an ordinary statement',
    },
  },
  {
    name: 'migrate without the lock',
    file: 'packages/migrations/src/lock.ts',
    find: 'return answer?.locked === true',
    replace: 'return answer !== undefined',
    caughtBy: {
      file: 'packages/migrations/src/migrate.test.ts',
      test: 'five operators at once apply a data migration once',
    },
  },
  {
    name: 'do not compare the text of applied migrations',
    file: 'packages/migrations/src/pending.ts',
    find: 'expected?.tag === tag && expected.hash === hash',
    replace: 'expected?.tag === tag',
    caughtBy: {
      file: 'packages/migrations/src/migrate.test.ts',
      test: 'an applied migration that was edited is refused by name',
    },
  },
]
