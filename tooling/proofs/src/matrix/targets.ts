import type { Pipeline } from '@tenantry/contracts/pipelines'
import type { Page } from '@tenantry/contracts/pages'
import { randomBytes, randomUUID } from 'node:crypto'
import type { HttpCaller } from './caller.ts'
import { makeDocument, ofAccount, toSign, type DocumentTarget } from './documents.ts'
import { someEvening, type Target } from './inputs.ts'
import type { policy, ProcedurePath } from './policy.ts'
import { withPath } from './with-path.ts'

type RecordKind = keyof typeof records
type RecordState = 'live' | 'changed' | 'archived' | 'removed'

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
  'bookings.confirm': 'booking',
  'bookings.release': 'booking',
  ...recordTargets('tasks'),
  'tasks.create': 'live accounts',
  ...recordTargets('notes'),
  'tasks.plan': 'planned event',
  'taskTemplates.byId': 'template',
  'taskTemplates.patch': 'template',
  'taskTemplates.archive': 'template',
  'taskTemplates.unarchive': 'template',
  'taskTemplates.remove': 'template',
  'taskTemplates.restore': 'template',
  'customFields.patch': 'custom field',
  'customFields.archive': 'custom field',
  'customFields.restore': 'custom field',
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
  'payments.record': 'live accounts',
  'payments.allocate': 'recorded payments',
  'payments.refund': 'recorded payments',

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

  'savedViews.byId': 'view',
  'savedViews.patch': 'view',
  'savedViews.archive': 'view',
  'savedViews.unarchive': 'view',
  'savedViews.remove': 'view',
  'savedViews.restore': 'view',

  'pipelines.byId': 'live pipelines',
  'pipelines.timeline': 'live pipelines',
  'pipelines.patch': 'live pipelines',
  'pipelines.archive': 'live pipelines',
  'pipelines.unarchive': 'archived pipelines',
  'pipelines.remove': 'live pipelines',
  'pipelines.restore': 'removed pipelines',
  'pipelines.undo': 'changed pipelines',
}

/** The procedures that every kind of record has and that name a row, but for `create`, which may name one of another kind. */
function recordTargets<Name extends RecordKind>(name: Name) {
  const inState = <State extends RecordState>(state: State): `${State} ${Name}` => `${state} ${name}`
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

/** Makes a row through the procedures themselves, as an owner does; `words` name it. */
export function makeTarget(
  owner: HttpCaller,
  wanted: Exclude<Wanted, 'tenant' | 'support'>,
  words: string,
): Promise<Target> {
  if (wanted === 'member') return makeMember(owner, words)
  if (wanted === 'team') return makeTeam(owner)
  if (wanted === 'template') return makeTemplate(owner)
  if (wanted === 'custom field') return makeCustomField(owner)
  if (wanted === 'planned event') return makePlannedEvent(owner, words)
  if (wanted === 'view') return makeView(owner)
  if (wanted === 'apiKey') return makeKey(owner)
  if (wanted === 'inbound address') return makeInboundAddress(owner)
  if (wanted === 'webhook' || wanted === 'switched-off webhook' || wanted === 'webhook message')
    return makeWebhook(owner, wanted)
  if (wanted === 'feed') return makeFeed(owner)
  if (wanted === 'booking') return makeBooking(owner, words)
  if (isImport(wanted)) return makeImport(owner, wanted, words)
  if (isDocument(wanted)) return makeDocument(owner, wanted, { words, missing: missingTarget() })
  const [state, kind] = wanted.split(' ') as [RecordState, RecordKind]
  return makeRecord(owner, kind, { state, words })
}

/** Nothing that any company has. */
export function missingTarget(): Target {
  const id = randomUUID()
  const slug = `missing-${id.slice(0, 8)}`
  const nothing = { id, slug, version: 1, changeId: '1', stageId: randomUUID() }
  const others = { otherId: randomUUID(), resourceId: randomUUID(), invoiceId: randomUUID() }
  return { ...nothing, ...others, token: leadsNowhere(), otherToken: leadsNowhere(), bodySha256: 'a'.repeat(64) }
}

function leadsNowhere(): string {
  return randomBytes(32).toString('base64url')
}

function isDocument(wanted: Wanted): wanted is DocumentTarget {
  return /^(sent|issued|recorded) /.test(wanted)
}

function isImport(wanted: Wanted): wanted is Extract<Wanted, `${string} import`> {
  return wanted.endsWith(' import')
}

/** A file of one row that bears the words. */
async function makeImport(
  owner: HttpCaller,
  wanted: Extract<Wanted, `${string} import`>,
  words: string,
): Promise<Target> {
  const contentBase64 = Buffer.from(`name\n"${words}"\n`).toString('base64')
  const file = { entity: 'account', fileName: 'matrix.csv', contentBase64 }
  const { id } = await owner.data<{ id: string }>('imports.upload', file)
  await owner.data('imports.setMapping', { id, mapping: [{ column: 0, field: 'name' }] })
  if (wanted !== 'planned import') await owner.data('imports.start', { id })
  if (wanted === 'paused import') await owner.data('imports.pause', { id })
  return { ...missingTarget(), id }
}

async function makeMember(owner: HttpCaller, words: string): Promise<Target> {
  const member = { email: `${randomUUID()}@matrix.example`, name: words, role: 'member' }
  const { userId } = await owner.data<{ userId: string }>('members.add', member)
  return { ...missingTarget(), id: userId }
}

async function makeTemplate(owner: HttpCaller): Promise<Target> {
  const template = { name: 'A template', items: [{ title: 'Call', offsetDays: -7 }] }
  return { ...missingTarget(), id: (await owner.data<Row>('taskTemplates.create', template)).id }
}

async function makeCustomField(owner: HttpCaller): Promise<Target> {
  const field = { entity: 'resource', key: `k_${randomUUID().slice(0, 8)}`, label: 'Key', type: 'text' }
  return { ...missingTarget(), id: (await owner.data<Row>('customFields.create', field)).id }
}

/** An event and a template to make tasks of. */
async function makePlannedEvent(owner: HttpCaller, words: string): Promise<Target> {
  const { id } = await owner.data<Row>('events.create', await eventCalled(words, owner))
  return { ...missingTarget(), id, otherId: (await makeTemplate(owner)).id }
}

/** Kept by the owner of the company for themselves. */
async function makeView(owner: HttpCaller): Promise<Target> {
  const view = { list: 'account', name: 'Kept', config: { columns: ['name'] } }
  return { ...missingTarget(), id: (await owner.data<Row>('savedViews.create', view)).id }
}

async function makeTeam(owner: HttpCaller): Promise<Target> {
  const { id } = await owner.data<{ id: string }>('members.addTeam', { name: `Team ${randomUUID()}` })
  return { ...missingTarget(), id }
}

/** Its name stands in the audit log, which is no business of the company's. */
async function makeKey(owner: HttpCaller): Promise<Target> {
  const name = `Key ${randomUUID()}`
  return { ...missingTarget(), id: (await owner.data<Row>('apiKeys.create', { name, role: 'member' })).id }
}

async function makeInboundAddress(owner: HttpCaller): Promise<Target> {
  const address = { kind: 'sms', provider: 'standard', address: '+491701234567' }
  return { ...missingTarget(), id: (await owner.data<Row>('inboundAddresses.create', address)).id }
}

async function makeWebhook(
  owner: HttpCaller,
  wanted: 'webhook' | 'switched-off webhook' | 'webhook message',
): Promise<Target> {
  const { id } = await owner.data<Row>('webhooks.create', { url: 'https://hooks.matrix.example/in' })
  if (wanted === 'switched-off webhook') await owner.data('webhooks.disable', { id })
  if (wanted !== 'webhook message') return { ...missingTarget(), id }
  return { ...missingTarget(), id: (await owner.data<Row>('webhooks.test', { id })).id }
}

async function makeFeed(owner: HttpCaller): Promise<Target> {
  const feed = { name: 'Kept', scope: 'company' }
  return { ...missingTarget(), id: (await owner.data<Row>('calendarFeeds.create', feed)).id }
}

/** Of each kind of record: what creates one that is known by some words, and a change of it. */
const records = {
  accounts: { create: (name: string) => ({ name }), change: { industry: 'Weddings' } },
  contacts: { create: (lastName: string) => ({ lastName }), change: { jobTitle: 'Planner' } },
  opportunities: { create: (name: string) => ({ name, currency: 'EUR' }), change: { nextStep: 'Call' } },
  pipelines: { create: pipelineCalled, change: { name: 'Renamed' } },
  leads: { create: (lastName: string) => ({ lastName }), change: { source: 'Fair' } },
  events: { create: eventCalled, change: { theme: 'Gold' } },
  eventDates: { create: dateCalled, change: { notes: 'Ring twice' } },
  resources: { create: (name: string) => ({ name, kind: 'equipment' }), change: { description: 'With a ring light' } },
  tasks: { create: (title: string) => ({ title }), change: { outcome: 'Done' } },
  notes: { create: (bodyMarkdown: string) => ({ bodyMarkdown }), change: { title: 'Colours' } },
  communications: {
    create: (subject: string) => ({
      subject,
      channel: 'call',
      direction: 'inbound',
      occurredAt: '2027-01-01T00:00:00Z',
    }),
    change: { bodyText: 'About the date' },
  },
  attachments: {
    create: (fileName: string) => ({ fileName, contentBase64: onePixel }),
    change: { category: 'Plans' },
  },
  locations: { create: (name: string) => ({ name, timeZone: 'Europe/Berlin' }), change: { parkingNotes: 'Yard' } },
  catalogItems: {
    create: (name: string) => ({ name, kind: 'package', priceMinor: 100, currency: 'EUR' }),
    change: { description: 'Two hours' },
  },
  quotes: {
    create: ofAccount((title) => ({ title, currency: 'EUR', lines: [{ name: 'Booth', unitPriceMinor: 100 }] })),
    change: { terms: 'Others' },
  },
  contracts: { create: ofAccount((title) => ({ title, ...toSign })), change: { reference: 'Order 7' } },
  invoices: {
    create: ofAccount((poNumber) => ({ poNumber, currency: 'EUR', lines: [{ name: 'Booth', unitPriceMinor: 100 }] })),
    change: { notes: 'More' },
  },
}

/** The smallest PNG. */
const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

async function eventCalled(title: string, owner: HttpCaller) {
  const { id } = await owner.data<Row>('accounts.create', { name: title })
  return { title, eventType: 'gala', timeZone: 'Europe/Berlin', accountId: id }
}

async function dateCalled(label: string, owner: HttpCaller) {
  const { id } = await owner.data<Row>('events.create', await eventCalled(label, owner))
  return { label, eventId: id, ...someEvening() }
}

async function freeResource(owner: HttpCaller): Promise<string> {
  return (await owner.data<Row>('resources.create', { name: 'Free', kind: 'equipment' })).id
}

async function makeBooking(owner: HttpCaller, words: string): Promise<Target> {
  const date = await owner.data<Row>('eventDates.create', await dateCalled(words, owner))
  const resourceId = await freeResource(owner)
  const [booking] = await owner.data<Row[]>('bookings.book', { resourceId, eventDateId: date.id })
  return { ...missingTarget(), id: booking?.id ?? '' }
}

function pipelineCalled(words: string) {
  return {
    name: words,
    stages: [
      { name: `New ${words}`, probability: 10 },
      { name: 'Talking', probability: 40 },
      { name: 'Won', kind: 'won', probability: 100, forecastCategory: 'closed' },
      { name: 'Lost', kind: 'lost', probability: 0, forecastCategory: 'omitted' },
    ],
  }
}

interface Row {
  id: string
  version: number
}

async function makeRecord(
  owner: HttpCaller,
  kind: RecordKind,
  { state, words }: { state: RecordState; words: string },
): Promise<Target> {
  const makes = kind === 'attachments' ? 'attachments.upload' : (`${kind}.create` as const)
  const made = await owner.data<Row>(makes, await records[kind].create(words, owner))
  const { id, version } = await bringInto(owner, kind, { state, made })
  const [newest] = (await owner.data<Page<{ id: string }>>(`${kind}.timeline`, { id })).rows
  const pipelines = await owner.data<Pipeline[]>('pipelines.list', {})
  const stageId = pipelines[0]?.stages[1]?.id ?? ''
  const resourceId = kind === 'eventDates' ? await freeResource(owner) : randomUUID()
  const canMerge = state === 'live' && (kind === 'accounts' || kind === 'contacts')
  const other = canMerge && (await owner.data<Row>(`${kind}.create`, records[kind].create(words)))
  const otherId = other ? other.id : randomUUID()
  return { ...missingTarget(), id, version, changeId: newest?.id ?? '', stageId, resourceId, otherId }
}

function bringInto(
  owner: HttpCaller,
  kind: RecordKind,
  { state, made: { id, version } }: { state: RecordState; made: Row },
): Promise<Row> {
  switch (state) {
    case 'live':
      return Promise.resolve({ id, version })
    case 'changed':
      return owner.data<Row>(`${kind}.patch`, { id, version, patch: records[kind].change })
    case 'archived':
      return owner.data<Row>(`${kind}.archive`, { id, version })
    case 'removed':
      return owner.data<Row>(`${kind}.remove`, { id, version })
  }
}
