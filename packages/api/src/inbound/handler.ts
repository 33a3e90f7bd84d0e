import { InboundKind, type InboundProvider } from '@tenantry/contracts/inbound'
import { TenantryError } from '@tenantry/errors'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { translateError } from '../errors/translate.ts'
import { failure, send } from '../http/answers.ts'
import { factsOf } from '../http/request-facts.ts'
import type { AppDb, Auth, DataSources, FileStore, Logger, OpenedInbound } from '../planes.ts'
import { newWebhookSecret, type Sealer } from '../sealer.ts'
import type { Delivery, InboundAdapter } from './adapter.ts'
import { HeldBodies } from './held-bodies.ts'
import { mailgunAdapter } from './mailgun.ts'
import { receive } from './receive.ts'
import { standardAdapter } from './standard.ts'
import { twilioAdapter } from './twilio.ts'

export interface InboundNeeds {
  appDb: Pick<AppDb, 'inboundAddresses'>
  auth: Pick<Auth, 'admitInboundCall'>
  dataSources: Pick<DataSources, 'withTenant' | 'withTenantWriter'>
  sealer: Sealer
  files: FileStore
  /** How large a delivery may be; all that are read at a time may hold four times that. */
  maxBytes: number
  /** Where people reach the application: as the provider has called us. */
  origin: string
  logger: Logger
}

const adapters: Record<InboundProvider, InboundAdapter> = {
  standard: standardAdapter,
  twilio: twilioAdapter,
  mailgun: mailgunAdapter,
}

/**
 * Takes mails and text messages that providers deliver at `POST /api/inbound/<kind>/<public id>`. Whose they are follows from
 * the address that was called and nothing else; it counts once the delivery is signed with that address's own secret. What is
 * not is answered like an address that does not exist. The promise never rejects.
 */
export function createInboundHandler(needs: InboundNeeds) {
  const { appDb, auth, sealer, origin, maxBytes, logger } = needs
  const bodies = new HeldBodies({ mostBytes: 4 * maxBytes })
  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID()
    try {
      if (request.method !== 'POST') throw new TenantryError('METHOD_NOT_ALLOWED')
      const { calledFrom } = factsOf(request)
      if (calledFrom !== undefined) await auth.admitInboundCall(calledFrom)
      const { kind, publicId, path } = placeIn(request.url ?? '')
      using body = await bodies.read(request, maxBytes)
      const delivery: Delivery = { kind, url: `${origin}${path}`, headers: request.headers, body: body.bytes }
      const opened = await appDb.inboundAddresses.open({ publicId, kind }, { requestId })
      const adapter = adapters[opened?.provider ?? 'standard']
      // Who knows no address takes as long to hear so.
      const secret = opened === undefined ? newWebhookSecret() : secretOf(sealer, opened)
      if (!(await adapter.isSigned(delivery, secret)) || opened === undefined)
        throw new TenantryError('INBOUND_REFUSED')
      if (opened.tenantStatus !== 'active') throw new TenantryError('TENANT_SUSPENDED')
      const message = await adapter.read(delivery)
      const received = await receive(needs, opened.grant, message)
      await appDb.inboundAddresses.touch(opened.id)
      logger.info({ requestId, kind, isNew: received !== undefined }, 'A message came in')
      answer(response, requestId, adapter)
    } catch (thrown) {
      const error = translateError(thrown)
      if (error.status >= 500)
        logger.error({ requestId, code: error.code, err: error }, 'A message could not be received')
      send(response, requestId, failure(error, requestId))
    }
  }
}

function secretOf(sealer: Sealer, { grant, id, sealedSecret }: OpenedInbound): string {
  return sealer.open(grant, { column: 'inbound_secret', rowId: id }, sealedSecret).reveal()
}

/** Throws INBOUND_REFUSED for what is no place at all. */
function placeIn(url: string): { kind: InboundKind; publicId: string; path: string } {
  const [, kind, publicId] = /^\/api\/inbound\/(\w+)\/([A-Za-z0-9_-]{10,60})$/.exec(url) ?? []
  const known = InboundKind.safeParse(kind)
  if (!known.success || publicId === undefined) throw new TenantryError('INBOUND_REFUSED')
  return { kind: known.data, publicId, path: url }
}

/** The same for a message that was received before: its provider need not send it again. */
function answer(response: ServerResponse, requestId: string, { answer: wanted }: InboundAdapter): void {
  const { contentType, body } = wanted ?? { contentType: 'application/json', body: '{"received":true}' }
  response.writeHead(200, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  })
  response.end(body)
}
