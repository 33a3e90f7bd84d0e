import type { TenantId, WebhookEndpointId } from '@tenantry/contracts/ids'
import type { WebhookEvent } from '@tenantry/contracts/webhook-events'
import type { WebhookOff } from '@tenantry/contracts/webhooks'
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { recordAudit } from '../audit/record.ts'
import type { TenantGrant } from '../grants/grant.ts'
import { grantForTurn } from '../grants/turn.ts'
import { truth } from '../truth.ts'
import { webhookDue, webhookEndpoints } from './table.ts'

/** An endpoint that is switched on, as whoever sends to it needs it. */
export interface WorkingEndpoint {
  id: WebhookEndpointId
  url: string
  events: WebhookEvent[] | null
  sealedSecret: string
  /** While it still signs. */
  sealedPreviousSecret: string | null
  /** After a failure it is left alone for so long. */
  restsForSeconds: number
  failures: number
}

export interface WebhookTurn {
  grant: TenantGrant
  endpoints: WorkingEndpoint[]
}

const job = 'tell webhooks'

/** For the worker and nobody else: whose turn it is to be told, and how their endpoints behave. */
export class WebhookTurns {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /**
   * A grant for telling a tenant's endpoints of its changes, with those that are on; undefined for a tenant that is not
   * active. It stands in no audit log: nobody looks at anything, and who is told was decided by the tenant, which does.
   */
  async open(tenantId: TenantId, { requestId }: { requestId: string }): Promise<WebhookTurn | undefined> {
    const grant = await grantForTurn(this.#access, tenantId, { job, requestId })
    if (grant === undefined) return undefined
    const rows = await this.#access.reader.db
      .select({
        id: webhookEndpoints.id,
        url: webhookEndpoints.url,
        events: webhookEndpoints.events,
        sealedSecret: webhookEndpoints.sealedSecret,
        previous: webhookEndpoints.sealedPreviousSecret,
        isPreviousValid: sql<unknown>`coalesce(${gt(webhookEndpoints.previousSecretUntil, sql`now()`)}, false)`,
        rest: sql<unknown>`coalesce(ceil(extract(epoch from ${webhookEndpoints.restsUntil} - now())), 0)::int`,
        failures: webhookEndpoints.failures,
      })
      .from(webhookEndpoints)
      .where(and(eq(webhookEndpoints.tenantId, tenantId), isNull(webhookEndpoints.disabledAt)))
      .orderBy(asc(webhookEndpoints.createdAt))
    const endpoints = rows.map(({ previous, isPreviousValid, rest, ...row }) => ({
      ...row,
      sealedPreviousSecret: truth(isPreviousValid) ? previous : null,
      restsForSeconds: Math.max(0, Number(rest)),
    }))
    return { grant, endpoints }
  }

  /** After an answer that was a yes. */
  async succeeded(tenantId: TenantId, id: WebhookEndpointId): Promise<void> {
    await this.#access.write((tx) =>
      tx.db
        .update(webhookEndpoints)
        .set({ failures: 0, failingSince: null, restsUntil: null })
        .where(
          and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.tenantId, tenantId), gt(webhookEndpoints.failures, 0)),
        ),
    )
  }

  /**
   * After a failure: it rests for a while, and is switched off when it says that it is gone, or has failed for so long
   * without a single success. That stands in the audit log. Gives why it was switched off, if it was.
   */
  failed(
    tenantId: TenantId,
    id: WebhookEndpointId,
    { restSeconds, isGone, longestDays }: { restSeconds: number; isGone: boolean; longestDays: number },
  ): Promise<WebhookOff | undefined> {
    const isOver = sql`(${webhookEndpoints.failingSince} < now() - make_interval(days => ${longestDays}::int)) is true`
    const reason = isGone ? sql`'gone'` : sql`case when ${isOver} then 'failing' end`
    return this.#access.write(async (tx) => {
      const [changed] = await tx.db
        .update(webhookEndpoints)
        .set({
          failures: sql`${webhookEndpoints.failures} + 1`,
          failingSince: sql`coalesce(${webhookEndpoints.failingSince}, now())` as never,
          restsUntil: sql`now() + make_interval(secs => ${restSeconds}::int)` as never,
          disabledBecause: reason as never,
          disabledAt: sql`case when ${reason} is not null then now() end` as never,
        })
        .where(
          and(
            eq(webhookEndpoints.id, id),
            eq(webhookEndpoints.tenantId, tenantId),
            isNull(webhookEndpoints.disabledAt),
          ),
        )
        .returning({ reason: webhookEndpoints.disabledBecause, since: webhookEndpoints.failingSince })
      if (changed === undefined || changed.reason === null) return undefined
      const detail = { because: changed.reason, failingSince: changed.since }
      await recordAudit(tx, {
        principal: { kind: 'system', job },
        tenantId,
        action: 'webhook.disabled',
        subject: id,
        detail,
      })
      return changed.reason
    })
  }

  /** When something is due for the tenant that nobody has written anew; what is due earlier stays so. */
  async lookAgain(tenantId: TenantId, { inSeconds }: { inSeconds: number }): Promise<void> {
    await this.#access.write((tx) =>
      tx.db
        .update(webhookDue)
        .set({ dueAt: sql`least(${webhookDue.dueAt}, now() + make_interval(secs => ${inSeconds}::int))` as never })
        .where(eq(webhookDue.tenantId, tenantId)),
    )
  }
}
