import type { Executor } from '@tenantry/connections/database'
import { instantFromText } from '@tenantry/connections/columns'
import type { Page } from '@tenantry/contracts/pages'
import { webhookEventOf, webhookPaths, type WebhookEvent } from '@tenantry/contracts/webhook-events'
import type { WebhookDeliveriesQuery, WebhookMessage, WebhookMessageStatus } from '@tenantry/contracts/webhooks'
import { TenantryError } from '@tenantry/errors'
import { v7 } from 'uuid'
import { z } from 'zod'
import type { Acting } from '../records/acting.ts'
import { transactionTime } from '../records/change-record.ts'
import { readCursor, writeCursor } from '../records/cursor.ts'
import { inOneTrip } from '../records/one-trip.ts'
import {
  beginListening,
  claimMessage,
  endListening,
  forgetOld,
  insertAttempt,
  insertMessages,
  isListening,
  pageOfMessages,
  secondsToNext,
  sendAgain,
  settleMessage,
  shownMessage,
  takeChanges,
  type DueMessage,
  type UntoldChange,
} from './statements.ts'

/** An endpoint, as far as it decides what is told to it; null is everything. */
export interface WebhookListener {
  id: string
  events: readonly WebhookEvent[] | null
}

export interface WebhookOutcome {
  status: WebhookMessageStatus
  /** Of one that waits on: when it is tried again. */
  delaySeconds: number
  attempt: {
    number: number
    statusCode: number | null
    durationMs: number
    error: string | null
    answer: string | null
  }
}

const order = 'webhook messages'

export class WebhooksReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /** Whether changes are kept for somebody at all. */
  async isListening(): Promise<boolean> {
    const [found] = await this.#executor.run(isListening, {})
    return found?.isOn === true
  }

  /** What an endpoint was told, newest first, with every attempt. */
  async deliveries({ id, status, cursor, limit }: WebhookDeliveriesQuery): Promise<Page<WebhookMessage>> {
    const shape = { value: z.string(), id: z.uuid() }
    const before = cursor == null ? null : readCursor(cursor, order, shape).id
    const rows = await this.#executor.run(pageOfMessages, {
      endpointId: id,
      status: status ?? null,
      before,
      limit: limit + 1,
    })
    const page = rows.slice(0, limit).map(shownMessage)
    const last = page.at(-1)
    const nextCursor = rows.length > limit && last ? writeCursor(order, { value: last.id, id: last.id }) : null
    return { rows: page, nextCursor }
  }

  /** Seconds until these endpoints have something to be told; one for whom nothing waits is left out. */
  async secondsToNext(endpointIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#executor.run(secondsToNext, { endpointIds: JSON.stringify(endpointIds) })
    return new Map(rows.map(({ endpointId, seconds }) => [endpointId, seconds]))
  }
}

/** Of a transaction. What is told follows from the lines of history that every write leaves. */
export class WebhooksWriter extends WebhooksReader {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting.executor)
    this.#acting = acting
  }

  /** From now on changes are kept for whoever is told of them, or no longer. Does nothing where it is so already. */
  async listen(isWanted: boolean): Promise<void> {
    if ((await this.isListening()) === isWanted) return
    await this.#acting.executor.run(isWanted ? beginListening : endListening, {})
  }

  /**
   * Makes of each change a message to each endpoint that has chosen it, and takes the change off the list, in this one
   * transaction: none is told twice and none is forgotten. Gives how many changes it took, which is less than `most` when
   * nothing is left.
   */
  async spread(listeners: readonly WebhookListener[], { most, attempts }: { most: number; attempts: number }) {
    const changes = await this.#acting.executor.run(takeChanges, { most })
    const messages = changes.flatMap((change) => messagesOf(change, listeners))
    if (messages.length > 0)
      await this.#acting.executor.run(insertMessages, { messages: JSON.stringify(messages), most: attempts })
    return changes.length
  }

  /** Writes a message that is about nothing, to see whether it arrives. */
  async queueTest(endpointId: string, { attempts }: { attempts: number }): Promise<{ id: string }> {
    const id = v7()
    const event = 'webhook.test'
    const timestamp = await transactionTime(this.#acting.executor)
    const body = JSON.stringify({ type: event, timestamp, data: {} })
    const message = { id, endpointId, changeId: null, event, body }
    await this.#acting.executor.run(insertMessages, { messages: JSON.stringify([message]), most: attempts })
    return { id }
  }

  /** The same message again, under the same id, whatever became of it. Throws NOT_FOUND. */
  async sendAgain(id: string, { attempts }: { attempts: number }): Promise<void> {
    const [found] = await this.#acting.executor.run(sendAgain, { id, more: attempts })
    if (found === undefined) throw new TenantryError('NOT_FOUND')
  }

  /** Takes the next message of an endpoint in hand; undefined when none is due. */
  async claim(endpointId: string, { leaseSeconds }: { leaseSeconds: number }): Promise<DueMessage | undefined> {
    const [message] = await this.#acting.executor.run(claimMessage, { endpointId, leaseSeconds })
    return message
  }

  /** Writes down what became of an attempt. */
  async settle(id: string, { status, delaySeconds, attempt }: WebhookOutcome): Promise<void> {
    const { executor } = this.#acting
    await inOneTrip([
      executor.run(settleMessage, { id, status, delaySeconds }),
      executor.run(insertAttempt, { id, ...attempt }),
    ])
  }

  /** Gives how many messages went. */
  async forgetOld({ days, most }: { days: number; most: number }): Promise<number> {
    return (await this.#acting.executor.run(forgetOld, { days, most })).length
  }
}

/**
 * A message names the record, its version and the fields that changed, and no value of any: who may read what of a record is
 * decided when its receiver asks for it, and nothing that was corrected or deleted since lies about in the logs of others.
 */
function messagesOf(change: UntoldChange, listeners: readonly WebhookListener[]) {
  const type = webhookEventOf(change)
  if (type === undefined) return []
  const chosen = listeners.filter(({ events }) => events === null || events.includes(type))
  const { id: changeId, entity: kind, entityId: id, versionAfter: version, diff, actorKind: actor } = change
  const path = `/api/v1/${webhookPaths[kind as keyof typeof webhookPaths]}/${id}`
  const data = { kind, id, version, fields: Object.keys(diff).toSorted(), actor, path }
  const body = JSON.stringify({ type, timestamp: instantFromText(change.at), data })
  return chosen.map((listener) => ({ id: v7(), endpointId: listener.id, changeId, event: type, body }))
}
