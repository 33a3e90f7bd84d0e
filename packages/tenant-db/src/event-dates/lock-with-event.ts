import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { events } from '../events/table.ts'
import type { LockStatement } from '../records/lock.ts'
import { eventDates } from './table.ts'

/**
 * Locks a date that is about to be written, and its event before it: the event learns its new span in the same transaction,
 * and whoever changes the status of an event locks the event first and then its dates. The sub-select does not depend on the
 * date's row, so Postgres computes it before it looks for the row to lock.
 */
export const lockWithEvent: LockStatement = statement((db) =>
  db.execute<{ locked: number }>(sql`
    with event as materialized (
      select from ${events} where id = (select d.event_id from ${eventDates} d where d.id = ${sql.placeholder('id')})
      for no key update)
    select 1 as locked from ${eventDates}
    where id = ${sql.placeholder('id')} and (select count(*) from event) >= 0
    for no key update`),
)
