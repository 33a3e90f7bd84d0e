import { instant } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { check, index, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { instantRange } from '../columns.ts'
import { inRange, oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordKey, tenantRules } from '../envelope.ts'
import { eventDates } from '../event-dates/table.ts'
import { resources } from '../resources/table.ts'
import { word } from '../word.ts'

const states = ['hold', 'confirmed', 'released'] as const

/**
 * Confirmed excludes confirmed; holds may queue on the same slot, one per rank (first, second, third option). A booking
 * without an event date is a blackout. The two exclusion constraints stand in the migration: Drizzle cannot express them.
 */
export const resourceBookings = crm.table(
  'resource_bookings',
  {
    ...recordKey(),
    resourceId: uuid('resource_id').notNull(),
    eventDateId: uuid('event_date_id'),
    state: word('state', states).notNull(),
    holdRank: smallint('hold_rank'),
    holdExpiresAt: instant('hold_expires_at'),
    reason: text('reason'),
    blockedRange: instantRange('blocked_range').notNull(),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    createdBy: uuid('created_by'),
  },
  (t) => [
    ...tenantRules('resource_bookings', [t.tenantId, t.id]),
    oneOf(t.state, states),
    inRange(t.holdRank, 1, 9),
    check('resource_bookings_range_check', sql`not isempty(blocked_range)`),
    check('resource_bookings_rank_check', sql`(state = 'hold') = (hold_rank is not null)`),
    check('resource_bookings_expiry_check', sql`hold_expires_at is null or state = 'hold'`),
    check('resource_bookings_reason_check', sql`event_date_id is not null or reason is not null`),
    sameTenant(t.resourceId, resources.id).onDelete('restrict'),
    sameTenant(t.eventDateId, eventDates.id).onDelete('cascade'),
    index('resource_bookings_of_date').on(t.tenantId, t.eventDateId),
  ],
)
