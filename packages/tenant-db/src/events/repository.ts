import type { Executor } from '@tenantry/connections/database'
import {
  nextEventStatuses,
  type Event,
  type EventInput,
  type EventListQuery,
  type EventPatch,
  type EventStatusInput,
} from '@tenantry/contracts/events'
import type { EventId } from '@tenantry/contracts/ids'
import { TenantryError } from '@tenantry/errors'
import type { Acting } from '../records/acting.ts'
import { lockRecord, writeChange } from '../records/change-record.ts'
import { lockAndRead } from '../records/lock.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { lockManyEvents } from '../resource-bookings/lock-many.ts'
import { eventListing } from './listing.ts'
import { eventRecord } from './record.ts'

interface EventTypes {
  id: EventId
  row: Event
  listed: Event
  query: EventListQuery
  input: EventInput
  patch: EventPatch
}

const parts: RecordParts<EventTypes> = { record: eventRecord, listing: eventListing }

export class EventsReader extends RecordsReader<EventTypes> {
  constructor(executor: Executor) {
    super(executor, parts)
  }
}

export class EventsWriter extends RecordsWriter<EventTypes> {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting, parts)
    this.#acting = acting
  }

  /** As it is, until the transaction ends. Throws NOT_FOUND, and FORBIDDEN for one that its reader may not change. */
  lock(id: EventId): Promise<Event> {
    return lockAndRead(this.#acting.executor, eventRecord, id)
  }

  /** Has whoever changes several of them in one transaction wait for others once, before the first. */
  lockMany(ids: readonly EventId[]): Promise<void> {
    return lockManyEvents(this.#acting, ids)
  }

  /**
   * The status alone; what it means for holds and bookings is decided in `packages/crm`. Throws NOT_FOUND, STALE_WRITE, and
   * RULE_VIOLATED for a status that may not follow or that lacks its reason.
   */
  async setStatus({ status, ...input }: EventStatusInput): Promise<Event> {
    const { id, version, reason = null } = input
    const holdExpiresAt = input.holdExpiresAt ?? null
    const before = await lockRecord(this.#acting.executor, eventRecord, { id, version })
    if (status !== before.status && !nextEventStatuses[before.status].includes(status)) {
      throw refused('status', `An event that is ${before.status} cannot become ${status}.`)
    }
    if (status === 'cancelled' && reason === null) throw refused('reason', 'Say why it was cancelled.')
    if (holdExpiresAt !== null && status !== 'tentative') {
      throw refused('holdExpiresAt', 'Only the holds of a tentative event expire.')
    }
    const changes = { status, holdExpiresAt, cancelledReason: status === 'cancelled' ? reason : null }
    return writeChange(this.#acting, eventRecord, before, changes, { action: 'changed' })
  }
}

function refused(field: string, message: string): TenantryError {
  return new TenantryError('RULE_VIOLATED', { message, data: { field } })
}
