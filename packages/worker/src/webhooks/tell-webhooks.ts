import type { WebhookTurns, WorkingEndpoint } from '@tenantry/app-db/types'
import type { TenantId } from '@tenantry/contracts/ids'
import type { Keyring } from '@tenantry/credentials/keyring'
import type { DataSources, TenantDb, TenantGrant } from '@tenantry/data-sources'
import type { Logger } from '@tenantry/telemetry/logger'
import { post, type PostOptions } from './post.ts'
import { delayAfter, keptDays, longestFailingDays, messageAttempts, restAfter } from './retries.ts'
import { openSigner } from './sign.ts'

export interface WebhookNeeds {
  app: { webhookTurns: WebhookTurns }
  dataSources: Pick<DataSources, 'withTenant' | 'withTenantWriter'>
  keyring: Keyring
  logger: Logger
  posting: PostOptions
  /** After which a message counts as lost with the process that had it in hand. Default 60 s. */
  leaseSeconds?: number
  /** How long one tenant's turn lasts at most before others come. Default 10 s. */
  turnMs?: number
  /** Called between any two steps, for whoever wants to see what a crash there does. */
  onStep?: (step: WebhookStep) => void
}

export const webhookSteps = ['spread', 'taken', 'told', 'noted'] as const
export type WebhookStep = (typeof webhookSteps)[number]

const requires = '0018_webhooks'
const batch = 200
/** Messages to one endpoint at a time. */
const lanes = 4

/**
 * One tenant's turn: its changes become messages, and each endpoint that is up gets those that are due. A message is taken in
 * one transaction, handed over in none and noted in another: a process that dies in between leaves one that is told again,
 * under the same id. An endpoint that fails ends its part of the turn and rests, so it holds up nobody but itself; what is
 * left when the time is over waits for the tenant's next turn, behind all others.
 */
export async function tellWebhooks(
  needs: WebhookNeeds,
  { tenantId }: { tenantId: TenantId },
  { requestId }: { requestId: string },
): Promise<void> {
  const { app, turnMs = 10_000, onStep } = needs
  const turn = await app.webhookTurns.open(tenantId, { requestId })
  // Suspended, archived or gone: nothing leaves.
  if (turn === undefined) return
  const { grant, endpoints } = turn
  const endsAt = performance.now() + turnMs
  const write = writerOf(needs, grant)
  let isSpread = false
  while (!isSpread && performance.now() < endsAt)
    isSpread = await write(async (db) => {
      await db.webhooks.listen(endpoints.length > 0)
      await db.webhooks.forgetOld({ days: keptDays, most: 500 })
      return (await db.webhooks.spread(endpoints, { most: batch, attempts: messageAttempts })) < batch
    })
  onStep?.('spread')
  const parts = endpoints.map((endpoint): Part => {
    const { restsForSeconds } = endpoint
    return { tenantId, grant, endpoint, endsAt, restsForSeconds }
  })
  const told = await Promise.allSettled(
    parts.flatMap((part) => Array.from({ length: lanes }, () => tellEndpoint(needs, part))),
  )
  const inSeconds = isSpread ? await nextIn(write, parts) : 0
  if (inSeconds !== undefined) await app.webhookTurns.lookAgain(tenantId, { inSeconds })
  const failure = told.find(({ status }) => status === 'rejected')
  if (failure?.status === 'rejected') throw failure.reason
}

/** One endpoint's part of a turn; its lanes share it. */
interface Part {
  tenantId: TenantId
  grant: TenantGrant
  endpoint: WorkingEndpoint
  endsAt: number
  /** Above 0 nothing more is sent. */
  restsForSeconds: number
}

type Write = <T>(work: (db: TenantDb) => Promise<T>) => Promise<T>

/** What is written here is about messages, which nobody is told of. */
function writerOf({ dataSources }: WebhookNeeds, grant: TenantGrant): Write {
  return (work) => dataSources.withTenantWriter(grant, work, { requires, isUntold: true })
}

async function tellEndpoint(needs: WebhookNeeds, part: Part): Promise<void> {
  const { app, keyring, posting, leaseSeconds = 60, onStep } = needs
  const { tenantId, grant, endpoint } = part
  const signer = openSigner(keyring, tenantId, endpoint)
  const write = writerOf(needs, grant)
  while (part.restsForSeconds === 0 && performance.now() < part.endsAt) {
    const message = await write((db) => db.webhooks.claim(endpoint.id, { leaseSeconds }))
    if (message === undefined) return
    onStep?.('taken')
    const { id, body, attempts: number, lastAttempt } = message
    const posted = await post(new URL(endpoint.url), { headers: signer.headersOf({ id, body }), body }, posting)
    onStep?.('told')
    const { statusCode } = posted
    const isDelivered = statusCode !== null && statusCode >= 200 && statusCode < 300
    const isLast = number >= lastAttempt
    const attempt = { ...posted, number, answer: signer.without(posted.answer) }
    const status = isDelivered ? 'delivered' : isLast ? 'failed' : 'waiting'
    await write((db) => db.webhooks.settle(id, { status, delaySeconds: delayAfter(number), attempt }))
    onStep?.('noted')
    if (isDelivered) {
      if (endpoint.failures > 0) await app.webhookTurns.succeeded(tenantId, endpoint.id)
      continue
    }
    // Of several lanes that fail together one says so.
    if (part.restsForSeconds > 0) return
    const restSeconds = restAfter(endpoint.failures + 1)
    part.restsForSeconds = restSeconds
    const failing = { restSeconds, isGone: statusCode === 410, longestDays: longestFailingDays }
    const because = await app.webhookTurns.failed(tenantId, endpoint.id, failing)
    if (because !== undefined)
      needs.logger.warn({ tenantId, endpointId: endpoint.id, because }, 'An endpoint was switched off')
  }
}

/** Seconds until there is something to do, for one that rests when its rest is over; undefined when nothing waits. */
async function nextIn(write: Write, parts: readonly Part[]): Promise<number | undefined> {
  const next = await write((db) => db.webhooks.secondsToNext(parts.map(({ endpoint }) => endpoint.id)))
  const times = parts.flatMap(({ endpoint, restsForSeconds }) => {
    const seconds = next.get(endpoint.id)
    return seconds === undefined ? [] : [Math.max(0, seconds, restsForSeconds)]
  })
  return times.length === 0 ? undefined : Math.min(...times)
}
