import type { Executor } from '@tenantry/connections/database'
import type { BookingId, EventId } from '@tenantry/contracts/ids'
import type { BlackoutInput, Booking, BookingInput, BookingListQuery } from '@tenantry/contracts/resources'
import type { Acting } from '../records/acting.ts'
import { blackOut, bookResource } from './book.ts'
import { bookingsBetween } from './find-bookings.ts'
import { confirmBooking, confirmEvent, expireHolds, releaseBooking, releaseEvent } from './settle.ts'

export class BookingsReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /** What is held, booked or blacked out in a span of time, in the order in which it begins; at most 2,000. */
  list(query: BookingListQuery): Promise<Booking[]> {
    return bookingsBetween(this.#executor, query)
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

  /** Gives the slot back; the holds behind move up. Throws NOT_FOUND. */
  release({ id }: { id: BookingId }): Promise<Booking> {
    return releaseBooking(this.#acting, id)
  }

  /** Confirms every hold of an event's dates, or none. Throws CONFLICT with what is in the way. */
  confirmEvent(eventId: EventId): Promise<void> {
    return confirmEvent(this.#acting, eventId)
  }

  releaseEvent(eventId: EventId): Promise<void> {
    return releaseEvent(this.#acting, eventId)
  }

  expireHolds(eventId: EventId, holdExpiresAt: string | null): Promise<void> {
    return expireHolds(this.#acting, eventId, holdExpiresAt)
  }
}
