import type { Executor } from '@tenantry/connections/database'
import type { PgTable } from 'drizzle-orm/pg-core'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { tenantReader } from './open.ts'
import type { TenantReader } from './reader.ts'
import type * as schema from './schema.ts'

type Schema = typeof schema
type TableName = { [Name in keyof Schema]: Schema[Name] extends PgTable ? Name : never }[keyof Schema]

interface Covered {
  /** Through which its rows are read and written: its own repository, or that of what it is a part of. */
  repository: keyof TenantReader
  /** What makes one in a test. */
  factory: string
  /** A test that tries to reach rows of another tenant. */
  foreign: string
}

interface Exempt {
  because: string
}

const record = (repository: keyof TenantReader, factory: string): Covered => ({
  repository,
  factory,
  foreign: 'records/foreign-rows.test.ts',
})

/** Every table of the tenant database; one that is left out does not compile. That each has its policy `row-security.test.ts` asks Postgres. */
const coverage: Record<TableName, Covered | Exempt> = {
  accounts: record('accounts', 'account'),
  attachments: record('attachments', 'attachment'),
  catalogItems: record('catalogItems', 'catalog-item'),
  communications: record('communications', 'communication'),
  contactAccounts: { repository: 'contacts', factory: 'contact', foreign: 'contacts/companies.test.ts' },
  contactPoints: { repository: 'contacts', factory: 'contact', foreign: 'contacts/points.test.ts' },
  contacts: record('contacts', 'contact'),
  company: { because: 'a projection of the settings that the application database knows' },
  contracts: record('contracts', 'contract'),
  contractSigners: record('contracts', 'contract'),
  currencies: { because: 'belongs to no tenant and can only be read' },
  eventDates: record('eventDates', 'event-date'),
  events: record('events', 'event'),
  identity: { because: 'says whose the database is; only provisioning writes it' },
  importBatches: { repository: 'imports', factory: 'import-batch', foreign: 'imports/imports.test.ts' },
  importRows: { repository: 'imports', factory: 'import-batch', foreign: 'imports/imports.test.ts' },
  invoiceLineItems: record('invoices', 'invoice'),
  invoices: record('invoices', 'invoice'),
  invoiceSums: { repository: 'dashboard', factory: 'invoice', foreign: 'invoice-sums/sums.test.ts' },
  leads: record('leads', 'lead'),
  locations: record('locations', 'location'),
  memberRefs: { because: 'a projection of the members whom the application database knows' },
  notes: record('notes', 'note'),
  numberSeries: { repository: 'numberSeries', factory: 'quote', foreign: 'number-series/repository.test.ts' },
  opportunities: record('opportunities', 'opportunity'),
  opportunityLineItems: {
    repository: 'opportunities',
    factory: 'opportunity',
    foreign: 'opportunity-line-items/set-lines.test.ts',
  },
  opportunityStageHistory: {
    repository: 'opportunities',
    factory: 'opportunity',
    foreign: 'opportunities/stage-history.test.ts',
  },
  opportunitySums: { repository: 'dashboard', factory: 'opportunity', foreign: 'opportunity-sums/sums.test.ts' },
  paymentAllocations: { repository: 'payments', factory: 'payment', foreign: 'payments/payments.test.ts' },
  outbox: { repository: 'outbox', factory: 'communication', foreign: 'outbox/outbox.test.ts' },
  payments: { repository: 'payments', factory: 'payment', foreign: 'payments/payments.test.ts' },
  paymentSchedule: record('invoices', 'invoice'),
  pipelines: { repository: 'pipelines', factory: 'pipeline', foreign: 'pipelines/repository.test.ts' },
  pipelineStages: { repository: 'pipelines', factory: 'pipeline', foreign: 'pipelines/repository.test.ts' },
  quoteLineItems: record('quotes', 'quote'),
  quotes: record('quotes', 'quote'),
  recordChanges: {
    because: 'written by every repository with what it writes, and read as the timeline of each record',
  },
  recordLinks: { because: 'read and written with the task, note or message whose links they are' },
  recordMerges: { because: 'written and read with the accounts and contacts that are merged' },
  resourceBookings: { repository: 'bookings', factory: 'resource', foreign: 'resource-bookings/holds.test.ts' },
  resourceMembers: record('resources', 'resource'),
  resources: record('resources', 'resource'),
  searchTexts: { because: 'no role but the owner reads it, and its functions are attacked in search-texts/' },
  savedViews: { repository: 'savedViews', factory: 'saved-view', foreign: 'saved-views/repository.test.ts' },
  tasks: record('tasks', 'task'),
  customFields: {
    repository: 'customFields',
    factory: 'custom-field',
    foreign: 'custom-fields/repository.test.ts',
  },
  taskTemplates: {
    repository: 'taskTemplates',
    factory: 'task-template',
    foreign: 'task-templates/repository.test.ts',
  },
  webhookAttempts: { repository: 'webhooks', factory: 'account', foreign: 'webhooks/webhooks.test.ts' },
  webhookChanges: { repository: 'webhooks', factory: 'account', foreign: 'webhooks/webhooks.test.ts' },
  webhookListening: { repository: 'webhooks', factory: 'account', foreign: 'webhooks/webhooks.test.ts' },
  webhookMessages: { repository: 'webhooks', factory: 'account', foreign: 'webhooks/webhooks.test.ts' },
  transferMarks: { because: 'only a transfer writes it' },
  transferQuarantine: { because: 'only a transfer writes it' },
}

const tables = Object.entries(coverage)
const covered = tables.flatMap(([table, parts]) => ('repository' in parts ? [{ table, ...parts }] : []))

describe.each(covered)('the table of $table', ({ repository, factory, foreign }) => {
  test('is read through a repository of the handle', () => {
    // No statement is sent: a handle is only made.
    expect(Object.keys(tenantReader({} as Executor))).toContain(repository)
  })

  test('has a factory that makes one in a test', () => {
    expect(existsSync(new URL(`../../testing/src/factories/${factory}.ts`, import.meta.url))).toBe(true)
  })

  test('has a test that tries to reach the rows of another tenant', () => {
    expect(readFileSync(new URL(foreign, import.meta.url), 'utf8')).toMatch(/theirs\.|\(theirs\b/)
  })
})
