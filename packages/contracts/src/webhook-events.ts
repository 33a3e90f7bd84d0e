import { z } from 'zod'
import type { RecordChange } from './record.ts'

/**
 * What webhooks tell of, by the kind of record: the verbs beside those that every record has. A change is told once, under
 * the first verb that fits it; `webhookEventOf` says which.
 */
const ownVerbs = {
  account: ['merged'],
  contact: ['merged'],
  lead: ['converted'],
  opportunity: ['stage_changed', 'won', 'lost'],
  event: ['confirmed', 'completed', 'cancelled', 'postponed'],
  event_date: [],
  quote: ['sent', 'viewed', 'accepted', 'declined', 'superseded', 'converted', 'withdrawn'],
  contract: ['sent', 'viewed', 'signed', 'completed', 'declined', 'voided'],
  invoice: ['issued', 'viewed', 'paid', 'voided', 'written_off'],
  task: ['completed'],
  note: [],
  communication: ['received'],
  attachment: [],
  location: [],
  resource: [],
} as const

const recordVerbs = ['created', 'changed', 'archived', 'unarchived', 'deleted', 'restored'] as const

/** Payments are only added, and settled when somebody else has carried them out. */
const paymentVerbs = ['started', 'recorded', 'refunded', 'failed'] as const

type RecordKind = keyof typeof ownVerbs
type OwnVerb<Kind extends RecordKind> = (typeof ownVerbs)[Kind][number]
export type WebhookEvent =
  | { [Kind in RecordKind]: `${Kind}.${(typeof recordVerbs)[number] | OwnVerb<Kind>}` }[RecordKind]
  | `payment.${(typeof paymentVerbs)[number]}`

/** Every event that an endpoint can choose, in the order of the guide. */
export const webhookEvents = [
  ...Object.entries(ownVerbs).flatMap(([kind, verbs]) => [...recordVerbs, ...verbs].map((verb) => `${kind}.${verb}`)),
  ...paymentVerbs.map((verb) => `payment.${verb}`),
] as WebhookEvent[]

export const WebhookEvent = z.enum(webhookEvents)

/** Where the record is read by whoever hears of it. */
export const webhookPaths: Record<RecordKind | 'payment', string> = {
  account: 'accounts',
  contact: 'contacts',
  lead: 'leads',
  opportunity: 'opportunities',
  event: 'events',
  event_date: 'event-dates',
  quote: 'quotes',
  contract: 'contracts',
  invoice: 'invoices',
  payment: 'payments',
  task: 'tasks',
  note: 'notes',
  communication: 'communications',
  attachment: 'attachments',
  location: 'locations',
  resource: 'resources',
}

/** A line of history, as far as it decides how a change is told. */
export type ToldChange = Pick<RecordChange, 'entity' | 'action' | 'diff'>

/** Under which name a change is told; undefined for one that is not: of views, templates and other settings. */
export function webhookEventOf(change: ToldChange): WebhookEvent | undefined {
  const verb = change.entity === 'payment' ? paymentVerbOf(change) : verbOf(change)
  const event = verb === undefined ? undefined : WebhookEvent.safeParse(`${change.entity}.${verb}`)
  if (event?.success === true) return event.data
  // A step of a kind that has no word for it is a change like any other.
  const plain = WebhookEvent.safeParse(`${change.entity}.changed`)
  return plain.success && change.entity !== 'payment' ? plain.data : undefined
}

function verbOf({ entity, action, diff }: ToldChange): string {
  const to = (field: string) => diff[field]?.to
  switch (action) {
    case 'created':
      return entity === 'communication' && to('direction') === 'inbound' ? 'received' : 'created'
    case 'changed':
    case 'moved':
      return stepOf(entity, to) ?? 'changed'
    case 'undone':
      // What the undo has brought about counts, not what it was called.
      if ('deletedAt' in diff) return to('deletedAt') == null ? 'restored' : 'deleted'
      if ('archivedAt' in diff) return to('archivedAt') == null ? 'unarchived' : 'archived'
      return stepOf(entity, to) ?? 'changed'
    default:
      return action
  }
}

/** A value that means more to others than that something has changed. */
function stepOf(entity: string, to: (field: string) => unknown): string | undefined {
  switch (entity) {
    case 'opportunity':
      if (typeof to('outcome') === 'string') return String(to('outcome'))
      return to('stageId') === undefined ? undefined : 'stage_changed'
    case 'event':
      return typeof to('status') === 'string' ? String(to('status')) : undefined
    case 'task':
      return to('status') === 'done' ? 'completed' : undefined
    default:
      return undefined
  }
}

function paymentVerbOf({ action, diff }: ToldChange): (typeof paymentVerbs)[number] | undefined {
  const status = diff['status']?.to
  if (action !== 'created' && status === undefined) return undefined
  if (status === 'failed' || status === 'cancelled') return 'failed'
  if (status === 'pending') return 'started'
  return diff['kind']?.to === 'refund' ? 'refunded' : 'recorded'
}
