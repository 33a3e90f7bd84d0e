import type { DocumentTarget } from './documents.ts'
import type { policy, ProcedurePath } from './policy.ts'
import type { RecordKind, RecordState } from './records.ts'
import { withPath } from './with-path.ts'

/** A row that a procedure can name, in the state in which it can do its work. */
export type Wanted =
  | 'tenant'
  | 'support'
  | 'member'
  | 'team'
  | 'view'
  | 'apiKey'
  | 'webhook'
  | 'switched-off webhook'
  | 'webhook message'
  | 'inbound address'
  | 'feed'
  | 'booking'
  | 'template'
  | 'custom field'
  | 'planned event'
  | `${'planned' | 'running' | 'paused'} import`
  | DocumentTarget
  | `${RecordState} ${RecordKind}`

/** The procedures that name a row, as the policy tells them. */
type NamingPath = {
  [P in ProcedurePath]: (typeof policy)[P] extends { notYours: unknown } ? P : never
}[ProcedurePath]

export const wantedBy: { [P in NamingPath]: Wanted } = {
  'session.switchTenant': 'tenant',
  'members.setRole': 'member',
  'members.setStatus': 'member',
  'members.setAccess': 'member',
  'members.renameTeam': 'team',
  'members.removeTeam': 'team',
  'support.end': 'support',
  'apiKeys.revoke': 'apiKey',
  'webhooks.patch': 'webhook',
  'webhooks.disable': 'webhook',
  'webhooks.enable': 'switched-off webhook',
  'webhooks.remove': 'webhook',
  'webhooks.rotateSecret': 'webhook',
  'webhooks.test': 'webhook',
  'webhooks.deliveries': 'webhook',
  'webhooks.redeliver': 'webhook message',
  'inboundAddresses.replaceSecret': 'inbound address',
  'inboundAddresses.remove': 'inbound address',
  'calendarFeeds.rotate': 'feed',
  'calendarFeeds.revoke': 'feed',

  'operator.tenant': 'tenant',
  'operator.audit': 'tenant',
  'operator.diagnose': 'tenant',
  'operator.check': 'tenant',
  'operator.invalidate': 'tenant',
  'operator.setStatus': 'tenant',
  'operator.openSupport': 'tenant',
  'operator.enterSupport': 'support',
  'operator.endSupport': 'support',

  'about.timeline': 'live accounts',

  'imports.byId': 'planned import',
  'imports.rows': 'planned import',
  'imports.setMapping': 'planned import',
  'imports.fixRow': 'planned import',
  'imports.validate': 'planned import',
  'imports.start': 'planned import',
  'imports.pause': 'running import',
  'imports.resume': 'paused import',
  'imports.revert': 'paused import',
  'imports.remove': 'planned import',
  'imports.bulkRemove': 'planned import',

  ...recordTargets('accounts'),
  'accounts.create': 'live accounts',
  ...recordTargets('contacts'),
  'contacts.create': 'live accounts',
  'accounts.duplicates': 'live accounts',
  'accounts.merge': 'live accounts',
  'contacts.duplicates': 'live contacts',
  'contacts.merge': 'live contacts',
  ...recordTargets('opportunities'),
  'opportunities.create': 'live accounts',
  'opportunities.stageHistory': 'live opportunities',
  'opportunities.lines': 'live opportunities',
  'opportunities.setLines': 'live opportunities',
  'opportunities.move': 'live opportunities',

  ...recordTargets('leads'),
  'leads.candidates': 'live leads',
  'leads.convert': 'live leads',
  ...recordTargets('events'),
  'events.create': 'live accounts',
  'events.setStatus': 'live events',
  ...recordTargets('eventDates'),
  'eventDates.create': 'live events',
  ...recordTargets('resources'),
  'resources.create': 'live resources',
  'bookings.book': 'live eventDates',
  'bookings.blackOut': 'live resources',
  'bookings.byId': 'booking',
  'bookings.timeline': 'booking',
  'bookings.patch': 'booking',
  'bookings.confirm': 'booking',
  'bookings.release': 'booking',
  'bookings.bulkPatch': 'booking',
  'bookings.bulkConfirm': 'booking',
  'bookings.bulkRelease': 'booking',
  ...recordTargets('tasks'),
  'tasks.create': 'live accounts',
  ...recordTargets('notes'),
  'tasks.plan': 'planned event',
  ...targetsOf('taskTemplates', () => 'template'),
  ...targetsOf('customFields', () => 'custom field'),
  'customFields.reorder': 'custom field',
  'notes.create': 'live accounts',
  'communications.mails': 'live communications',
  ...recordTargets('communications'),
  'communications.create': 'live accounts',
  ...recordTargets('attachments'),
  'attachments.upload': 'live accounts',
  'attachments.download': 'live attachments',
  'attachments.preview': 'live attachments',
  ...recordTargets('locations'),
  'locations.create': 'live contacts',
  ...recordTargets('catalogItems'),

  'quotes.pdf': 'live quotes',
  ...recordTargets('quotes'),
  'quotes.create': 'live accounts',
  'quotes.send': 'live quotes',
  'quotes.mail': 'live quotes',
  'quotes.revise': 'sent quotes',
  'quotes.accept': 'sent quotes',
  'quotes.decline': 'sent quotes',
  'quotes.withdraw': 'accepted quotes',
  'quotes.issueContract': 'accepted quotes without a contract',
  'contracts.pdf': 'live contracts',
  ...recordTargets('contracts'),
  'contracts.create': 'live accounts',
  'contracts.send': 'live contracts',
  'contracts.mail': 'sent contracts',
  'contracts.void': 'sent contracts',
  'invoices.pdf': 'live invoices',
  ...recordTargets('invoices'),
  'invoices.create': 'live accounts',
  'invoices.issue': 'live invoices',
  'invoices.link': 'issued invoices',
  'invoices.mail': 'issued invoices',
  'invoices.void': 'issued invoices',
  'invoices.writeOff': 'issued invoices',
  'invoices.credit': 'issued invoices',
  'payments.byId': 'recorded payments',
  'payments.timeline': 'recorded payments',
  'payments.record': 'live accounts',
  'payments.allocate': 'recorded payments',
  'payments.refund': 'recorded payments',
  'payments.settle': 'pending payments',
  'payments.cancel': 'pending payments',

  'public.quote': 'sent quotes',
  'public.quotePdf': 'sent quotes',
  'public.seeQuote': 'sent quotes',
  'public.acceptQuote': 'sent quotes',
  'public.declineQuote': 'sent quotes',
  'public.openContract': 'sent quotes',
  'public.contract': 'sent contracts',
  'public.contractPdf': 'sent contracts',
  'public.seeContract': 'sent contracts',
  'public.signContract': 'sent contracts',
  'public.declineContract': 'sent contracts',
  'public.openInvoice': 'sent contracts',
  'public.invoice': 'issued invoices',
  'public.invoicePdf': 'issued invoices',
  'public.seeInvoice': 'issued invoices',
  'public.payInvoice': 'issued invoices',

  ...targetsOf('savedViews', () => 'view'),

  ...recordTargets('pipelines'),
}

/** The procedures that every kind of record has and that name a row, but for `create`, which may name one of another kind. */
function recordTargets<Name extends RecordKind>(name: Name) {
  return targetsOf(name, (state) => `${state} ${name}` as const)
}

/** The same for what is made otherwise than a record. */
function targetsOf<Name extends string>(name: Name, inState: (state: RecordState) => Wanted) {
  return {
    ...withPath(name, 'byId', inState('live')),
    ...withPath(name, 'timeline', inState('live')),
    ...withPath(name, 'patch', inState('live')),
    ...withPath(name, 'archive', inState('live')),
    ...withPath(name, 'unarchive', inState('archived')),
    ...withPath(name, 'remove', inState('live')),
    ...withPath(name, 'restore', inState('removed')),
    ...withPath(name, 'bulkPatch', inState('live')),
    ...withPath(name, 'bulkRemove', inState('live')),
    ...withPath(name, 'undo', inState('changed')),
  }
}

export function wantedRow(path: ProcedurePath): Wanted | undefined {
  return path in wantedBy ? wantedBy[path as NamingPath] : undefined
}

/** Whether a row belongs to the company and to nobody in it. */
export function isEverybodys(wanted: Wanted): boolean {
  return /^(tenant|support|member|team|template|custom field)$|(locations|resources|catalogItems|pipelines)$/.test(
    wanted,
  )
}

/** Every kind of row once. */
export const allWanted: readonly Wanted[] = [...new Set(Object.values(wantedBy))]

/** A row of the application database. */
function isKnownElsewhere(wanted: Wanted): boolean {
  return ['tenant', 'support', 'member', 'team', 'apiKey', 'inbound address'].includes(wanted) || isWebhook(wanted)
}

export function isWebhook(wanted: Wanted): boolean {
  return wanted === 'webhook' || wanted === 'switched-off webhook'
}

/** The table and key of a row, for those who look into the database; a member is one of the application database. */
export function tableOf(wanted: Wanted): string | undefined {
  if (isKnownElsewhere(wanted)) return undefined
  if (wanted === 'template') return 'task_templates'
  if (wanted === 'custom field') return 'custom_fields'
  if (wanted === 'planned event') return 'events'
  if (wanted === 'view') return 'saved_views'
  if (wanted === 'webhook message') return 'webhook_messages'
  if (isImport(wanted)) return 'import_batches'
  if (wanted === 'booking') return 'resource_bookings'
  // The router says `catalogItems`, the table `catalog_items`.
  return wanted.split(' ')[1]?.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

export function isDocument(wanted: Wanted): wanted is DocumentTarget {
  return /^(sent|accepted|issued|recorded|pending) /.test(wanted)
}

export function isImport(wanted: Wanted): wanted is Extract<Wanted, `${string} import`> {
  return wanted.endsWith(' import')
}
