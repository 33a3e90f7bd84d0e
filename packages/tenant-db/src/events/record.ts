import { EventPatch, type Event } from '@tenantry/contracts/events'
import { TenantryError } from '@tenantry/errors'
import type { Fields } from '../records/diff.ts'
import type { ChangeAction } from '../records/history.ts'
import type { RecordKind } from '../records/record-kind.ts'
import { tableRecord } from '../records/table-record.ts'
import { releaseEvent } from '../resource-bookings/settle.ts'
import { selectEvents } from './rows.ts'
import { events } from './table.ts'

/** What bookings follow: it changes by `setStatus`, which knows what may follow what. */
const lifeCycle = ['status', 'holdExpiresAt', 'cancelledReason']

/** `firstStartsAt` and `lastEndsAt` are not written with the event: they follow its dates (`keepSpan`). */
const row = tableRecord<Event>({
  entity: 'event',
  table: events,
  fields: [...Object.keys(EventPatch.shape), ...lifeCycle],
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

export const eventRecord: RecordKind<Event> = { ...row, assertAllows, entails }

/** Its bookings are not in the history of the event, so an undo could bring back the status and nothing that it stands for. */
function assertAllows(_: Event, action: ChangeAction, changes: Fields): void {
  if (action !== 'undone' || !lifeCycle.some((field) => field in changes)) return
  throw new TenantryError('RULE_VIOLATED', {
    message: 'The status of an event is not taken back, since bookings follow it. Set the status that it is to have.',
    data: { field: 'status' },
  })
}

/** The bin gave back what was booked: an event that needs its resources is a prospect when it comes back. */
function entails({ status, deletedAt }: Event, changes: Fields): Fields {
  const comesBack = deletedAt !== null && 'deletedAt' in changes && changes['deletedAt'] === null
  const needsResources = status === 'tentative' || status === 'confirmed' || status === 'in_progress'
  return comesBack && needsResources ? { status: 'prospect', holdExpiresAt: null } : {}
}
