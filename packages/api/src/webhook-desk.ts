import { WebhookEndpointId } from '@tenantry/contracts/ids'
import type { Page } from '@tenantry/contracts/pages'
import {
  secretOverlapHours,
  type Webhook,
  type WebhookDeliveriesQuery,
  type WebhookInput,
  type WebhookMessage,
  type WebhookPatch,
} from '@tenantry/contracts/webhooks'
import { TenantryError } from '@tenantry/errors'
import { v7 } from 'uuid'
import type { AppDb, DataSources, Logger, TenantGrant } from './planes.ts'
import { newWebhookSecret, type Sealer } from './sealer.ts'

/** What the endpoints of a company may be asked, without changing anything. */
export interface WebhookReading {
  list(): Promise<Webhook[]>
  /** Throws NOT_FOUND, and TENANT_SCHEMA_BEHIND where the company's database keeps no messages yet. */
  deliveries(query: WebhookDeliveriesQuery): Promise<Page<WebhookMessage>>
}

export interface WebhookDesk extends WebhookReading {
  /** The secret is told here and nowhere else. */
  create(input: WebhookInput): Promise<Webhook & { secret: string }>
  patch(input: WebhookPatch): Promise<Webhook>
  disable(id: WebhookEndpointId): Promise<Webhook>
  enable(id: WebhookEndpointId): Promise<Webhook>
  remove(id: WebhookEndpointId): Promise<void>
  rotateSecret(id: WebhookEndpointId): Promise<Webhook & { secret: string }>
  /** Queues a message that is about nothing. */
  test(id: WebhookEndpointId): Promise<{ id: string }>
  /** The same message again. Throws NOT_FOUND. */
  redeliver(messageId: string): Promise<void>
}

export interface WebhookNeeds {
  appDb: AppDb
  dataSources: DataSources
  sealer: Sealer
  /** Endpoints inside of our own networks may be named, and without TLS. */
  allowsPlainWebhooks: boolean
  logger: Logger
}

/** How often a message is tried, see docs/guides/webhooks.md. */
const attempts = 10
const requires = '0018_webhooks'

export function openWebhookReading({ appDb, dataSources }: WebhookNeeds, grant: TenantGrant): WebhookReading {
  return {
    list: () => appDb.webhookEndpoints.list(grant),
    async deliveries(query) {
      await appDb.webhookEndpoints.byId(grant, query.id)
      return dataSources.withTenant(grant, (db) => db.webhooks.deliveries(query), { requires })
    },
  }
}

/**
 * The endpoints stand in the application database, and the tenant's own database is told afterwards whether anybody listens.
 * When it is away just then the worker tells it, which it does again and again.
 */
export function openWebhookDesk(needs: WebhookNeeds, grant: TenantGrant): WebhookDesk {
  const { appDb, dataSources, sealer, logger } = needs
  const { webhookEndpoints } = appDb

  async function tellDatabase(): Promise<void> {
    try {
      const isWanted = await webhookEndpoints.isListening(grant)
      await dataSources.withTenantWriter(grant, (db) => db.webhooks.listen(isWanted), { requires })
    } catch (err) {
      logger.warn({ err }, 'A tenant database could not be told whether its changes are listened to')
    }
  }

  async function afterwards(id: WebhookEndpointId): Promise<Webhook> {
    await tellDatabase()
    return webhookEndpoints.byId(grant, id)
  }

  return {
    ...openWebhookReading(needs, grant),
    async create({ url, description = null, events }) {
      assertMayBeNamed(url, needs)
      // A database that keeps no messages would keep none for the new endpoint either.
      await dataSources.withTenant(grant, (db) => db.webhooks.isListening(), { requires })
      const id = WebhookEndpointId.parse(v7())
      const secret = newWebhookSecret()
      const sealedSecret = sealer.seal(grant, { column: 'webhook_secret', rowId: id }, secret)
      await webhookEndpoints.create(grant, { id, url, description, events, sealedSecret })
      return { ...(await afterwards(id)), secret }
    },
    async patch({ id, patch }) {
      if (patch.url !== undefined) assertMayBeNamed(patch.url, needs)
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
      await webhookEndpoints.patch(grant, id, given)
      return afterwards(id)
    },
    async disable(id) {
      await webhookEndpoints.disable(grant, id)
      return afterwards(id)
    },
    async enable(id) {
      await webhookEndpoints.enable(grant, id)
      return afterwards(id)
    },
    async remove(id) {
      await webhookEndpoints.remove(grant, id)
      await tellDatabase()
    },
    async rotateSecret(id) {
      const former = await webhookEndpoints.sealedSecretOf(grant, id)
      const opened = sealer.open(grant, { column: 'webhook_secret', rowId: id }, former)
      const secret = newWebhookSecret()
      await webhookEndpoints.rotateSecret(grant, id, {
        sealedSecret: sealer.seal(grant, { column: 'webhook_secret', rowId: id }, secret),
        sealedPreviousSecret: sealer.seal(grant, { column: 'webhook_previous_secret', rowId: id }, opened),
        hours: secretOverlapHours,
      })
      return { ...(await webhookEndpoints.byId(grant, id)), secret }
    },
    async test(id) {
      const { disabledAt } = await webhookEndpoints.byId(grant, id)
      if (disabledAt !== null)
        throw new TenantryError('RULE_VIOLATED', { message: 'This endpoint is off. Switch it on first.' })
      return dataSources.withTenantWriter(grant, (db) => db.webhooks.queueTest(id, { attempts }), { requires })
    },
    async redeliver(messageId) {
      await dataSources.withTenantWriter(grant, (db) => db.webhooks.sendAgain(messageId, { attempts }), { requires })
    },
  }
}

/** Without TLS anybody on the way reads along; who runs this installation may allow it for their own networks. */
function assertMayBeNamed(url: string, { allowsPlainWebhooks }: WebhookNeeds): void {
  if (allowsPlainWebhooks || url.startsWith('https://')) return
  throw new TenantryError('BAD_INPUT', {
    message: 'Give an address that begins with https://.',
    data: { fields: { url: ['Give an address that begins with https://.'] } },
  })
}
