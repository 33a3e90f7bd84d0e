import { sql } from 'drizzle-orm'

/**
 * Lines of a history that tell somebody how a deal goes who looks at what it belongs to. By the columns' own names: it is the
 * condition of an index, and whoever asks for steps says it word for word.
 */
export const isStep = sql`(action in ('sent', 'accepted', 'declined', 'withdrawn', 'signed', 'completed', 'voided', 'expired',
    'issued', 'paid', 'written_off', 'converted')
  or (action = 'created' and entity in ('opportunity', 'event'))
  or (action in ('booked', 'released') and entity = 'event_date')
  or (entity = 'opportunity' and diff ? 'outcome')
  or (entity = 'event' and diff ? 'status'))`

/** What a step led to, where its action does not say it: the new status of an event, and how an opportunity ended. */
export const stateAfterStep = sql`case
  when action = 'created' then null
  when entity = 'opportunity' and diff ? 'outcome' then coalesce(diff #>> '{outcome,to}', 'open')
  when entity = 'event' then diff #>> '{status,to}' end`
