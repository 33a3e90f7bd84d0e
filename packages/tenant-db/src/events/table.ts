import { instant } from '@tenantry/connections/columns'
import { EventStatus } from '@tenantry/contracts/events'
import { sql } from 'drizzle-orm'
import { check, index, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { accounts } from '../accounts/table.ts'
import { isTimeZone, notBlank, oneOf, sameTenant } from '../constraints.ts'
import { contacts } from '../contacts/table.ts'
import { crm } from '../crm.ts'
import { listIndexes, live, recordEnvelope, recordKey, recordRules, searchText } from '../envelope.ts'
import { byOwner } from '../row-access/belonging.ts'
import { rowAccess } from '../row-access/policies.ts'
import { memberRefs } from '../member-refs/table.ts'
import { opportunities } from '../opportunities/table.ts'
import { word } from '../word.ts'

export const events = crm.table(
  'events',
  {
    ...recordKey(),
    title: text('title').notNull(),
    eventType: text('event_type').notNull(),
    accountId: uuid('account_id').notNull(),
    contactId: uuid('contact_id'),
    plannerContactId: uuid('planner_contact_id'),
    opportunityId: uuid('opportunity_id'),
    ownerId: uuid('owner_id'),
    status: word('status', EventStatus.options).notNull().default('prospect'),
    holdExpiresAt: instant('hold_expires_at'),
    cancelledReason: text('cancelled_reason'),
    guestCount: integer('guest_count'),
    timeZone: text('time_zone').notNull(),
    firstStartsAt: instant('first_starts_at'),
    lastEndsAt: instant('last_ends_at'),
    theme: text('theme'),
    description: text('description'),
    searchText: searchText(sql`title || chr(10) || event_type`),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('events', t),
    ...rowAccess('event', byOwner(t.ownerId, t.createdBy)),
    notBlank(t.title),
    oneOf(t.status, EventStatus.options),
    isTimeZone(t.timeZone),
    check('events_hold_check', sql`status = 'tentative' or hold_expires_at is null`),
    check('events_cancelled_check', sql`status <> 'cancelled' or cancelled_reason is not null`),
    sameTenant(t.accountId, accounts.id).onDelete('restrict'),
    sameTenant(t.contactId, contacts.id).onDelete('set null'),
    sameTenant(t.plannerContactId, contacts.id).onDelete('set null'),
    sameTenant(t.ownerId, memberRefs.userId).onDelete('set null'),
    sameTenant(t.opportunityId, opportunities.id).onDelete('set null'),
    uniqueIndex('events_one_per_opportunity')
      .on(t.tenantId, t.opportunityId)
      .where(sql`opportunity_id is not null and deleted_at is null`),
    index('events_by_account').on(t.tenantId, t.accountId),
    index('events_by_contact').on(t.tenantId, t.contactId),
    index('events_by_name').on(t.tenantId, t.title, t.id).where(live),
    index('events_by_start').on(t.tenantId, eventStartKey, t.id).where(live),
    index('events_by_created').on(t.tenantId, t.createdAt, t.id).where(live),
    ...listIndexes('events', t, byOwner(t.ownerId, t.createdBy)),
  ],
)

/** What the list sorts by for `startsAt`: without a date last. The index is on exactly this; see `accountCityKey`. */
export const eventStartKey = sql<string>`(case when first_starts_at is null then 'infinity'::timestamptz else first_starts_at end)`
