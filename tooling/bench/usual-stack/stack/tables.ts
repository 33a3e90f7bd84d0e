import { char, integer, jsonb, pgSchema, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'

const crm = pgSchema('crm')
const instant = (name: string) => timestamp(name, { withTimezone: true })

export const accounts = crm.table('accounts', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull().defaultRandom(),
  name: text('name').notNull(),
  kind: text('kind').notNull().default('company'),
  status: text('status').notNull().default('active'),
  ownerId: uuid('owner_id'),
  parentAccountId: uuid('parent_account_id'),
  email: text('email'),
  phone: text('phone_e164'),
  website: text('website'),
  industry: text('industry'),
  source: text('source'),
  taxId: text('tax_id'),
  defaultCurrency: char('default_currency', { length: 3 }),
  paymentTermsDays: smallint('payment_terms_days'),
  billingLine1: text('billing_line1'),
  billingLine2: text('billing_line2'),
  billingCity: text('billing_city'),
  billingRegion: text('billing_region'),
  billingPostalCode: text('billing_postal_code'),
  billingCountry: char('billing_country', { length: 2 }),
  timeZone: text('time_zone'),
  locale: text('locale'),
  description: text('description'),
  custom: jsonb('custom').notNull().default({}),
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull().defaultNow(),
  createdBy: uuid('created_by'),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  updatedBy: uuid('updated_by'),
  archivedAt: instant('archived_at'),
  deletedAt: instant('deleted_at'),
})

export const memberRefs = crm.table('member_refs', {
  tenantId: uuid('tenant_id').notNull(),
  userId: uuid('user_id').notNull(),
  displayName: text('display_name').notNull(),
})
