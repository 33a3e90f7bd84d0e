import type { Executor } from '@tenantry/connections/database'
import type { PaymentId } from '@tenantry/contracts/ids'
import type { Count, Page } from '@tenantry/contracts/pages'
import type { AllocateInput, Payment, PaymentListQuery } from '@tenantry/contracts/payments'
import type { RecordChange } from '@tenantry/contracts/record'
import type { Acting } from '../records/acting.ts'
import { readTimeline, type PageQuery } from '../records/timeline.ts'
import { paymentListing } from './listing.ts'
import { refundPayment, type NewRefund } from './refund-payment.ts'
import { countUnderWay, underWay } from './under-way.ts'
import {
  allocatePayment,
  findPayment,
  readPayment,
  recordPayment,
  settlePayment,
  type NewPayment,
} from './write-payment.ts'

export class PaymentsReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  list(query: PaymentListQuery): Promise<Page<Payment>> {
    return paymentListing.page(this.#executor, { ...query, show: 'active' })
  }

  count(query: PaymentListQuery): Promise<Count> {
    return paymentListing.count(this.#executor, { ...query, show: 'active' })
  }

  /** Throws NOT_FOUND. */
  byId(id: PaymentId): Promise<Payment> {
    return readPayment(this.#executor, id)
  }

  /** What happened to the payment, newest first. Throws NOT_FOUND. */
  async timeline(id: PaymentId, page: PageQuery): Promise<Page<RecordChange>> {
    const timeline = await readTimeline(this.#executor, { entity: 'payment', entityId: id }, page)
    // Each has a line at least, from when it was written.
    if (timeline.rows.length === 0) await this.byId(id)
    return timeline
  }

  /** The payment with this idempotency key, if there is one. */
  findByKey(idempotencyKey: string): Promise<Payment | undefined> {
    return findPayment(this.#executor, idempotencyKey)
  }

  /** Payments and refunds that this provider has in hand since so long, the oldest first. */
  underWay(of: { provider: string; olderThanSeconds: number; most: number }): Promise<PaymentId[]> {
    return underWay(this.#executor, of)
  }

  /** How many this provider has in hand, however long. */
  countUnderWay(provider: string): Promise<number> {
    return countUnderWay(this.#executor, provider)
  }
}

/** Payments are only added: what was wrong is given back, and of a payment under way only its outcome changes. */
export class PaymentsWriter extends PaymentsReader {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting.executor)
    this.#acting = acting
  }

  /** See `recordPayment`. */
  record(input: NewPayment): Promise<Payment> {
    return recordPayment(this.#acting, input)
  }

  /** See `refundPayment`. */
  refund(input: NewRefund): Promise<Payment> {
    return refundPayment(this.#acting, input)
  }

  allocate(input: AllocateInput): Promise<Payment> {
    return allocatePayment(this.#acting, input)
  }

  /** See `settlePayment`. */
  settle(outcome: {
    id: PaymentId
    status: 'succeeded' | 'failed' | 'cancelled'
    providerRef: string | null
  }): Promise<Payment> {
    return settlePayment(this.#acting, outcome)
  }
}
