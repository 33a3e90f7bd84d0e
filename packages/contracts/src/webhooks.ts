import { z } from 'zod'
import { WebhookEndpointId, WebhookMessageId } from './ids.ts'
import { Cursor } from './pages.ts'
import { Instant, optionalLine } from './scalars.ts'
import { WebhookEvent } from './webhook-events.ts'

/** Where messages are sent. That it is no address of an inner network is looked at when one is sent. */
const address = z
  .string()
  .trim()
  .max(2_000)
  .refine((text) => isAddress(text), 'Give an address such as https://example.com/webhooks, without a password in it.')

/** Null is every event, those among them that are thought of later. */
const events = z.array(WebhookEvent).min(1, 'Choose at least one event.').max(200).nullable()

export const WebhookInput = z.strictObject({
  url: address,
  description: optionalLine(200).optional(),
  events: events.default(null),
})
export type WebhookInput = z.infer<typeof WebhookInput>

export const WebhookPatch = z.strictObject({
  id: WebhookEndpointId,
  patch: z.strictObject({
    url: address.optional(),
    description: optionalLine(200).optional(),
    events: events.optional(),
  }),
})
export type WebhookPatch = z.infer<typeof WebhookPatch>

export const WebhookRef = z.strictObject({ id: WebhookEndpointId })

/** By whom an endpoint was switched off: a manager, ourselves after days of failures, or itself with the answer 410. */
export const WebhookOff = z.enum(['manager', 'failing', 'gone'])
export type WebhookOff = z.infer<typeof WebhookOff>

/** An endpoint as those see it who manage it; its secret is shown once, when it is made. */
export const Webhook = z.object({
  id: WebhookEndpointId,
  url: z.string(),
  description: z.string().nullable(),
  events: z.array(WebhookEvent).nullable(),
  createdAt: Instant,
  createdBy: z.string().nullable(),
  disabledAt: Instant.nullable(),
  disabledBecause: WebhookOff.nullable(),
  /** Since when every attempt has failed; null while they succeed. */
  failingSince: Instant.nullable(),
  /** Until when the secret before this one signs as well. */
  previousSecretUntil: Instant.nullable(),
})
export type Webhook = z.infer<typeof Webhook>

/** With the secret, told once. */
export const WebhookWithSecret = Webhook.extend({ secret: z.string() })

/** How long the former secret still signs after a rotation. */
export const secretOverlapHours = 24

export const WebhookMessageStatus = z.enum(['waiting', 'delivered', 'failed'])
export type WebhookMessageStatus = z.infer<typeof WebhookMessageStatus>

/** One attempt to hand a message over. */
export const WebhookAttempt = z.object({
  number: z.int(),
  at: Instant,
  /** Of the answer; null when there was none. */
  statusCode: z.int().nullable(),
  durationMs: z.int(),
  /** A word for what went wrong. */
  error: z.string().nullable(),
  /** How the answer begins. */
  answer: z.string().nullable(),
})
export type WebhookAttempt = z.infer<typeof WebhookAttempt>

/** One change as one endpoint is told of it. `id` is what its receiver sees as `webhook-id`. */
export const WebhookMessage = z.object({
  id: WebhookMessageId,
  event: z.string(),
  body: z.string(),
  status: WebhookMessageStatus,
  createdAt: Instant,
  nextAttemptAt: Instant.nullable(),
  attempts: z.array(WebhookAttempt),
})
export type WebhookMessage = z.infer<typeof WebhookMessage>

/** Not strict: tRPC's infinite queries add a word of their own. */
export const WebhookDeliveriesQuery = z.object({
  id: WebhookEndpointId,
  status: WebhookMessageStatus.optional(),
  cursor: Cursor.nullish(),
  limit: z.int().min(1).max(100).default(25),
})
export type WebhookDeliveriesQuery = z.infer<typeof WebhookDeliveriesQuery>

/** A message that was queued. */
export const QueuedWebhook = z.object({ id: z.string() })

export const WebhookMessageRef = z.strictObject({ id: WebhookMessageId })

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === ''
}
