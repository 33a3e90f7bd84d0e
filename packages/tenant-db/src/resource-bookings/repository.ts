import type { Executor } from '@tenantry/connections/database'
import type { BookingId, EventId, ResourceId } from '@tenantry/contracts/ids'
import type { Count, Page } from '@tenantry/contracts/pages'
import type {
  BlackoutInput,
  Booking,
  BookingCountQuery,
  BookingInput,
  BookingListQuery,
  BookingPatchInput,
} from '@tenantry/contracts/resources'
import type { RecordChange } from '@tenantry/contracts/record'
import type { Acting } from '../records/acting.ts'
import type { PageQuery } from '../records/timeline.ts'
import { blackOut, bookResource } from './book.ts'
import { findExpired, releaseExpiredIn, releaseExpiredOf, type Expired } from './expire.ts'
import { assertSeen, bookingsBetween, countBetween, findBooking } from './find-bookings.ts'
import { lockManyBookings } from './lock-many.ts'
import { prolongHold } from './prolong.ts'
import { confirmBooking, confirmEvent, expireHolds, releaseBooking, releaseEvent } from './settle.ts'
import { bookingTimeline } from './timeline.ts'

export class BookingsReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /** See `findExpired`. */
  findExpired(of: { most: number }): Promise<Expired> {
    return findExpired(this.#executor, of)
  }

  /** What is held, booked or blacked out in a span of time, in the order in which it begins. */
  list(query: BookingListQuery): Promise<Page<Booking>> {
    return bookingsBetween(this.#executor, query)
  }

  count(query: BookingCountQuery): Promise<Count> {
    return countBetween(this.#executor, query)
  }

  /** Throws NOT_FOUND, also for one of a date that its reader may not see. A released one is found. */
  async byId(id: BookingId): Promise<Booking> {
    return assertSeen(await findBooking(this.#executor, id))
  }

  /** See `bookingTimeline`. */
  timeline(id: BookingId, page: PageQuery): Promise<Page<RecordChange>> {
    return bookingTimeline(this.#executor, id, page)
  }
}

/**
 * Whoever books locks the resource, so what is read stays true until the end of the transaction; that no two confirmed
 * bookings and no two holds of one rank overlap is held by exclusion constraints as well.
 */
export class BookingsWriter extends BookingsReader {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting.executor)
    this.#acting = acting
  }

  /** A hold, or a booking at once; of a combo for every member. Throws RULE_VIOLATED, and CONFLICT with what is in the way. */
  book(input: BookingInput): Promise<Booking[]> {
    return bookResource(this.#acting, input)
  }

  /** Takes a resource out of use for a time. Throws RULE_VIOLATED, and CONFLICT when it is booked then. */
  blackOut(input: BlackoutInput): Promise<Booking> {
    return blackOut(this.#acting, input)
  }

  /** Turns a hold into a booking. Throws NOT_FOUND, RULE_VIOLATED when it is no hold (any more), CONFLICT when it is not its turn. */
  confirm(of: { id: BookingId; jumpQueue: boolean }): Promise<Booking> {
    return confirmBooking(this.#acting, of)
  }

  /**
   * Gives a hold another time until which it stands. Throws NOT_FOUND, and RULE_VIOLATED for what is no hold (any more) and
   * for a time that is over.
   */
  patch({ id, patch }: BookingPatchInput): Promise<Booking> {
    return prolongHold(this.#acting, { id, ...patch })
  }

  /** Gives the slot back; the holds behind move up. Throws NOT_FOUND. */
  release({ id }: { id: BookingId }): Promise<Booking> {
    return releaseBooking(this.#acting, id)
  }

  /** Has whoever changes several of them in one transaction wait for others once, before the first. */
  lockMany(ids: readonly BookingId[]): Promise<void> {
    return lockManyBookings(this.#acting, ids)
  }

  /** Confirms every hold of an event's dates, or none. Throws CONFLICT with what is in the way. */
  confirmEvent(eventId: EventId): Promise<void> {
    return confirmEvent(this.#acting, eventId)
  }

  releaseEvent(eventId: EventId): Promise<void> {
    return releaseEvent(this.#acting, eventId)
  }

  /** See `releaseExpiredOf`. */
  releaseExpiredOf(eventId: EventId): Promise<{ standing: Booking[]; at: string }> {
    return releaseExpiredOf(this.#acting, eventId)
  }

  /** See `releaseExpiredIn`. */
  releaseExpiredIn(resourceId: ResourceId): Promise<void> {
    return releaseExpiredIn(this.#acting, resourceId)
  }

  expireHolds(eventId: EventId, holdExpiresAt: string | null): Promise<void> {
    return expireHolds(this.#acting, eventId, holdExpiresAt)
  }
}
