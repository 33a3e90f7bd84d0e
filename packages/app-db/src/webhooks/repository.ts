import type { TenantId, WebhookEndpointId } from '@tenantry/contracts/ids'
import type { WebhookEvent } from '@tenantry/contracts/webhook-events'
import type { Webhook } from '@tenantry/contracts/webhooks'
import { TenantryError } from '@tenantry/errors'
import { and, asc, eq, isNotNull, isNull, sql, type SQL } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { recordAudit } from '../audit/record.ts'
import { grantFacts, type GrantFacts, type TenantGrant } from '../grants/grant.ts'
import { managingFacts } from '../grants/managing.ts'
import { users } from '../users/table.ts'
import { webhookDue, webhookEndpoints } from './table.ts'

/** An endpoint whose secret its maker has sealed for exactly this row. */
export interface NewEndpoint {
  id: WebhookEndpointId
  url: string
  description: string | null
  events: WebhookEvent[] | null
  sealedSecret: string
}

export type EndpointPatch = Partial<Pick<NewEndpoint, 'url' | 'description' | 'events'>>

/** A tenant has few of them: each is asked for every change. */
const mostEndpoints = 100

/**
 * Whom a tenant tells of its changes. Every method speaks of the grant's tenant, and what changes something asks for a
 * manager. That one was made, changed or switched off stands in the audit log: it lets news of customers out.
 */
export class WebhookEndpointsRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Oldest first. */
  async list(grant: TenantGrant): Promise<Webhook[]> {
    const { tenantId } = grantFacts(grant)
    return await this.#access.reader.db
      .select(shown)
      .from(webhookEndpoints)
      .leftJoin(users, eq(users.id, webhookEndpoints.createdBy))
      .where(eq(webhookEndpoints.tenantId, tenantId))
      .orderBy(asc(webhookEndpoints.createdAt), asc(webhookEndpoints.id))
  }

  /** Throws NOT_FOUND. */
  async byId(grant: TenantGrant, id: WebhookEndpointId): Promise<Webhook> {
    const { tenantId } = grantFacts(grant)
    const [found] = await this.#access.reader.db
      .select(shown)
      .from(webhookEndpoints)
      .leftJoin(users, eq(users.id, webhookEndpoints.createdBy))
      .where(mine(tenantId, id))
    if (found === undefined) throw new TenantryError('NOT_FOUND')
    return found
  }

  /** Throws FORBIDDEN, TENANT_SUSPENDED, RULE_VIOLATED beyond a hundred. The worker looks after the tenant from now on. */
  create(grant: TenantGrant, endpoint: NewEndpoint): Promise<void> {
    const facts = managingFacts(grant, 'tenant.manage')
    const { tenantId, principal } = facts
    const createdBy = principal.kind === 'user' ? principal.userId : null
    return this.#access.write(async (tx) => {
      await tx.db.insert(webhookDue).values({ tenantId }).onConflictDoNothing()
      // In line behind others that do the same, so that they are counted too.
      await tx.db.select().from(webhookDue).where(eq(webhookDue.tenantId, tenantId)).for('update')
      const others = await tx.db
        .select({ id: webhookEndpoints.id })
        .from(webhookEndpoints)
        .where(eq(webhookEndpoints.tenantId, tenantId))
      if (others.length >= mostEndpoints)
        throw new TenantryError('RULE_VIOLATED', { message: `A company has ${mostEndpoints} endpoints at most.` })
      await tx.db.insert(webhookEndpoints).values({ ...endpoint, tenantId, createdBy })
      await recordAudit(tx, {
        ...entryOf(facts, 'webhook.created', endpoint.id),
        detail: { host: hostOf(endpoint.url), events: endpoint.events },
      })
    })
  }

  /** Throws FORBIDDEN, TENANT_SUSPENDED, NOT_FOUND. */
  patch(grant: TenantGrant, id: WebhookEndpointId, patch: EndpointPatch): Promise<void> {
    const detail = { fields: Object.keys(patch), ...(patch.url !== undefined && { host: hostOf(patch.url) }) }
    return this.#change(grant, { id, action: 'webhook.changed', detail }, { ...patch, ...rested })
  }

  /** Throws FORBIDDEN, TENANT_SUSPENDED, and NOT_FOUND for one that is off already. */
  disable(grant: TenantGrant, id: WebhookEndpointId): Promise<void> {
    const off = { disabledAt: sql`now()` as never, disabledBecause: 'manager' as const }
    return this.#change(grant, { id, action: 'webhook.disabled', only: isNull(webhookEndpoints.disabledAt) }, off)
  }

  /** Throws FORBIDDEN, TENANT_SUSPENDED, and NOT_FOUND for one that is on. */
  enable(grant: TenantGrant, id: WebhookEndpointId): Promise<void> {
    const on = { disabledAt: null, disabledBecause: null, ...rested }
    return this.#change(grant, { id, action: 'webhook.enabled', only: isNotNull(webhookEndpoints.disabledAt) }, on)
  }

  /** Throws FORBIDDEN, TENANT_SUSPENDED, NOT_FOUND. The one before is asked for with `sealedSecretOf`. */
  rotateSecret(
    grant: TenantGrant,
    id: WebhookEndpointId,
    { sealedSecret, sealedPreviousSecret, hours }: Rotation,
  ): Promise<void> {
    const until = sql`now() + make_interval(hours => ${hours}::int)` as never
    const change = { sealedSecret, sealedPreviousSecret, previousSecretUntil: until }
    return this.#change(grant, { id, action: 'webhook.secret_rotated' }, change)
  }

  /** For whoever rotates it. Throws FORBIDDEN, TENANT_SUSPENDED, NOT_FOUND. */
  async sealedSecretOf(grant: TenantGrant, id: WebhookEndpointId): Promise<string> {
    const { tenantId } = managingFacts(grant, 'tenant.manage')
    const [found] = await this.#access.reader.db
      .select({ sealed: webhookEndpoints.sealedSecret })
      .from(webhookEndpoints)
      .where(mine(tenantId, id))
    if (found === undefined) throw new TenantryError('NOT_FOUND')
    return found.sealed
  }

  /** Throws FORBIDDEN, TENANT_SUSPENDED, NOT_FOUND. */
  remove(grant: TenantGrant, id: WebhookEndpointId): Promise<void> {
    const facts = managingFacts(grant, 'tenant.manage')
    return this.#access.write(async (tx) => {
      const removed = await tx.db.delete(webhookEndpoints).where(mine(facts.tenantId, id)).returning({
        url: webhookEndpoints.url,
      })
      const [{ url } = { url: undefined }] = removed
      if (url === undefined) throw new TenantryError('NOT_FOUND')
      await recordAudit(tx, { ...entryOf(facts, 'webhook.removed', id), detail: { host: hostOf(url) } })
    })
  }

  /** Whether anybody of the tenant is to be told of changes. */
  async isListening(grant: TenantGrant): Promise<boolean> {
    return (await this.list(grant)).some(({ disabledAt }) => disabledAt === null)
  }

  /**
   * That something has been written, for the worker to come. `known` says whether there is anybody to be told; a tenant
   * without endpoints costs one look.
   */
  async ring(tenantId: TenantId): Promise<{ known: boolean }> {
    const [found] = await this.#access.reader.db
      .select({ isDue: sql<unknown>`${webhookDue.dueAt} <= now()` })
      .from(webhookDue)
      .where(eq(webhookDue.tenantId, tenantId))
    if (found === undefined) return { known: false }
    await this.#access.write((tx) =>
      tx.db
        .update(webhookDue)
        .set({ dueAt: sql`now()` as never })
        .where(and(eq(webhookDue.tenantId, tenantId), sql`${webhookDue.dueAt} > now()`)),
    )
    return { known: true }
  }

  #change(
    grant: TenantGrant,
    {
      id,
      action,
      detail,
      only,
    }: { id: WebhookEndpointId; action: string; detail?: Record<string, unknown>; only?: SQL },
    change: Record<string, unknown>,
  ): Promise<void> {
    const facts = managingFacts(grant, 'tenant.manage')
    return this.#access.write(async (tx) => {
      const changed = await tx.db
        .update(webhookEndpoints)
        .set(change)
        .where(and(mine(facts.tenantId, id), only))
        .returning({ id: webhookEndpoints.id })
      if (changed.length === 0) throw new TenantryError('NOT_FOUND')
      await recordAudit(tx, { ...entryOf(facts, action, id), ...(detail && { detail }) })
    })
  }
}

export interface Rotation {
  sealedSecret: string
  sealedPreviousSecret: string
  /** How long the former one still signs. */
  hours: number
}

/** Whoever changes something may have put right what failed. */
const rested = { failures: 0, failingSince: null, restsUntil: null }

const shown = {
  id: webhookEndpoints.id,
  url: webhookEndpoints.url,
  description: webhookEndpoints.description,
  events: webhookEndpoints.events,
  createdAt: webhookEndpoints.createdAt,
  createdBy: users.name,
  disabledAt: webhookEndpoints.disabledAt,
  disabledBecause: webhookEndpoints.disabledBecause,
  failingSince: webhookEndpoints.failingSince,
  previousSecretUntil: webhookEndpoints.previousSecretUntil,
}

function mine(tenantId: TenantId, id: WebhookEndpointId): SQL | undefined {
  return and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.tenantId, tenantId))
}

function entryOf({ principal, tenantId, requestId }: GrantFacts, action: string, subject: string) {
  return { principal, tenantId, action, subject, requestId }
}

/** A path often holds a token. */
function hostOf(url: string): string {
  return new URL(url).host
}
