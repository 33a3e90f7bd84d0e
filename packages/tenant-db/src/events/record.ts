import { EventPatch, type Event } from '@tenantry/contracts/events'
import { tableRecord } from '../records/table-record.ts'
import { releaseEvent } from '../resource-bookings/settle.ts'
import { selectEvents } from './rows.ts'
import { events } from './table.ts'

/** `firstStartsAt` and `lastEndsAt` are not written with the event: they follow its dates (`keepSpan`). */
export const eventRecord = tableRecord<Event>({
  entity: 'event',
  table: events,
  fields: [...Object.keys(EventPatch.shape), 'status', 'holdExpiresAt', 'cancelledReason'],
  initial: { status: 'prospect' },
  select: selectEvents,
  async writeParts(acting, id, { deletedAt }) {
    // One in the bin takes place as little as one that was cancelled.
    if (deletedAt != null) await releaseEvent(acting, id)
  },
  refusals: {
    events_owner_fk: { field: 'ownerId', message: 'There is no such member.' },
    events_account_fk: { field: 'accountId', message: 'There is no such company.' },
    events_contact_fk: { field: 'contactId', message: 'There is no such contact.' },
    events_planner_contact_fk: { field: 'plannerContactId', message: 'There is no such contact.' },
    events_opportunity_fk: { field: 'opportunityId', message: 'There is no such opportunity.' },
  },
})
