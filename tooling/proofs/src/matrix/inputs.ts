import type { AppRouter } from '@tenantry/api/router'
import type { inferRouterInputs } from '@trpc/server'
import { randomUUID } from 'node:crypto'
import type { ProcedurePath } from './policy.ts'
import { withPath } from './with-path.ts'

type Inputs = inferRouterInputs<AppRouter>
type InputOf<P extends ProcedurePath> = P extends `${infer R extends keyof Inputs}.${infer Name}`
  ? Name extends keyof Inputs[R]
    ? Inputs[R][Name]
    : never
  : never

/** The row a call names, as its owner knows it. */
export interface Target {
  id: string
  version: number
  /** The newest change of the row. */
  changeId: string
  /** A stage of the row's tenant. */
  stageId: string
  /** A resource of the row's tenant that is free. */
  resourceId: string
  /** Another row of the same kind and tenant, as it was made. */
  otherId: string
  /** The row's tenant, as operators call it. */
  slug: string
  /** An issued invoice of the row's account, for a payment. */
  invoiceId: string
  /** The public link of the row, where it has one, a link of the same company to another kind of document, and the hash of its text. */
  token: string
  otherToken: string
  bodySha256: string
  /** What whoever signs it agrees to. */
  consent: string
}

/** A valid input of each procedure that names the target, and nothing else that could be refused. */
export const inputs: { [P in ProcedurePath]: (target: Target) => InputOf<P> } = {
  'session.view': none,
  'session.list': none,
  'session.switchTenant': ({ id }) => ({ tenantId: id }),
  'session.signOut': none,
  'session.signOutEverywhere': none,

  'tenant.settings': none,
  'tenant.updateSettings': ({ version }) => ({ version, patch: { locale: 'en-US' } }),
  'tenant.dataSource': none,
  'tenant.diagnose': none,
  'tenant.testDataSource': none,

  'members.list': none,
  'members.add': () => ({
    email: `${randomUUID()}@matrix.example`,
    name: 'Added by the matrix',
    role: 'read_only',
    password: 'a-long-enough-password',
  }),
  'members.setRole': ({ id }) => ({ userId: id, role: 'read_only' }),
  'members.setStatus': ({ id }) => ({ userId: id, status: 'suspended' }),

  'members.access': none,
  'members.setRoleAccess': () => ({ role: 'read_only', access: {} }),
  'members.setAccess': ({ id }) => ({ userId: id, teamId: null, access: { lead: { see: 'own', change: 'none' } } }),
  'members.addTeam': () => ({ name: `Team ${randomUUID()}` }),
  'members.renameTeam': ({ id }) => ({ id, name: `Team ${randomUUID()}` }),
  'members.removeTeam': named,

  'exports.csv': () => ({ list: 'account' }),

  'imports.upload': () => ({
    entity: 'account',
    fileName: 'matrix.csv',
    contentBase64: Buffer.from('name\nA row\n').toString('base64'),
  }),
  'imports.list': () => ({}),
  'imports.count': () => ({}),
  'imports.byId': named,
  'imports.rows': named,
  'imports.setMapping': ({ id }) => ({ id, mapping: [{ column: 0, field: 'description' }] }),
  'imports.fixRow': ({ id }) => ({ id, row: 1, cells: ['Changed by the matrix'] }),
  'imports.validate': named,
  'imports.start': named,
  'imports.pause': named,
  'imports.resume': named,
  'imports.revert': named,
  'imports.remove': named,
  'imports.bulkRemove': ({ id }) => ({ rows: [{ id }] }),

  'apiKeys.list': none,
  'apiKeys.create': () => ({ name: 'Made by the matrix', role: 'read_only' }),
  'apiKeys.revoke': named,

  'webhooks.list': none,
  'webhooks.create': () => ({ url: 'https://hooks.matrix.example/in' }),
  'webhooks.patch': ({ id }) => ({ id, patch: { description: 'Changed' } }),
  'webhooks.disable': named,
  'webhooks.enable': named,
  'webhooks.remove': named,
  'webhooks.rotateSecret': named,
  'webhooks.test': named,
  'webhooks.deliveries': named,
  'webhooks.redeliver': named,
  'calendarFeeds.list': none,
  'calendarFeeds.create': () => ({ name: 'Made by the matrix' }),
  'calendarFeeds.rotate': named,
  'calendarFeeds.revoke': named,

  'inboundAddresses.list': none,
  'inboundAddresses.create': () => ({ kind: 'sms', provider: 'standard', address: '+491701234567' }),
  'inboundAddresses.replaceSecret': named,
  'inboundAddresses.remove': named,

  'audit.list': () => ({}),

  'dashboard.overview': () => ({}),
  'about.timeline': ({ id }) => ({ entity: 'account', id }),

  'support.live': none,
  'support.list': none,
  'support.end': named,

  ...recordInputs('accounts', { name: 'Changed by the matrix' }),
  'accounts.create': ({ id }) => ({ name: 'A daughter company', parentAccountId: id }),
  'accounts.duplicates': named,
  'accounts.merge': merged,
  'contacts.duplicates': named,
  'contacts.merge': merged,
  ...recordInputs('contacts', { jobTitle: 'Changed by the matrix' }),
  'contacts.create': ({ id }) => ({ firstName: 'Matrix', accounts: [{ accountId: id }] }),
  ...recordInputs('opportunities', { name: 'Changed by the matrix' }),
  'opportunities.create': ({ id }) => ({ name: 'A wedding', currency: 'USD', accountId: id }),
  'opportunities.board': () => ({}),
  'opportunities.stageHistory': named,
  'opportunities.lines': named,
  'opportunities.setLines': ({ id, version }) => ({
    id,
    version,
    lines: [{ kind: 'fee', name: 'Travel', unitPriceMinor: 100 }],
  }),
  'opportunities.move': ({ id, version, stageId }) => ({ id, version, stageId }),

  ...recordInputs('leads', { source: 'Changed by the matrix' }),
  'leads.create': () => ({ lastName: 'A lead' }),
  'leads.candidates': named,
  'leads.convert': ({ id, version }) => ({
    id,
    version,
    timeZone: 'Europe/Berlin',
    allowDuplicates: true,
    opportunity: { use: 'new', currency: 'EUR' },
  }),
  ...recordInputs('events', { theme: 'Changed by the matrix' }),
  'events.create': ({ id }) => ({ title: 'A gala', eventType: 'gala', timeZone: 'Europe/Berlin', accountId: id }),
  'events.setStatus': ({ id, version }) => ({ id, version, status: 'tentative' }),
  ...recordInputs('eventDates', { notes: 'Changed by the matrix' }),
  'eventDates.create': ({ id }) => ({ eventId: id, ...someEvening() }),
  ...recordInputs('resources', { description: 'Changed by the matrix' }),
  'resources.create': ({ id }) => ({ name: 'A set', kind: 'equipment', memberIds: [id] }),
  'bookings.list': () => ({ from: '2027-01-01T00:00:00Z', until: '2028-01-01T00:00:00Z' }),
  'bookings.count': () => ({ from: '2027-01-01T00:00:00Z', until: '2028-01-01T00:00:00Z' }),
  'bookings.byId': named,
  'bookings.timeline': named,
  'bookings.patch': ({ id }) => ({ id, patch: { holdExpiresAt: '2099-01-01T00:00:00Z' } }),
  'bookings.book': ({ id, resourceId }) => ({ resourceId, eventDateId: id }),
  'bookings.blackOut': ({ id }) => ({
    resourceId: id,
    from: '2027-03-01T00:00:00Z',
    until: '2027-03-02T00:00:00Z',
    reason: 'Repair',
  }),
  'bookings.confirm': named,
  'bookings.release': named,
  'bookings.bulkPatch': ({ id }) => ({ rows: [{ id }], patch: { holdExpiresAt: '2099-01-01T00:00:00Z' } }),
  'bookings.bulkConfirm': ({ id }) => ({ rows: [{ id }] }),
  'bookings.bulkRelease': ({ id }) => ({ rows: [{ id }] }),
  ...recordInputs('tasks', { outcome: 'Changed by the matrix' }),
  'tasks.create': ({ id }) => ({ title: 'A task', links: [{ entity: 'account', id }] }),
  'tasks.plan': ({ id, otherId }) => ({ eventId: id, templateId: otherId }),
  'tasks.reminders': () => ({ from: '2027-01-01T00:00:00Z', until: '2027-01-08T00:00:00Z' }),
  ...recordInputs('taskTemplates', { name: 'Changed by the matrix' }),
  'taskTemplates.create': () => ({ name: 'A template', items: [{ title: 'Call', offsetDays: -7 }] }),
  ...recordInputs('customFields', { label: 'Changed by the matrix' }),
  'customFields.create': () => ({
    entity: 'location',
    key: `k_${randomUUID().slice(0, 8)}`,
    label: 'Key',
    type: 'text',
  }),
  'customFields.reorder': ({ id }) => ({ entity: 'resource', ids: [id] }),
  ...recordInputs('notes', { saidBy: 'Changed by the matrix' }),
  'notes.create': ({ id }) => ({ bodyMarkdown: 'A note', links: [{ entity: 'account', id }] }),
  'communications.mails': named,
  ...recordInputs('communications', { bodyText: 'Changed by the matrix' }),
  'communications.create': ({ id }) => ({
    channel: 'call',
    direction: 'inbound',
    occurredAt: '2027-01-01T00:00:00Z',
    links: [{ entity: 'account', id }],
  }),
  ...recordInputs('attachments', { description: 'Changed by the matrix' }),
  'attachments.upload': ({ id }) => ({
    fileName: 'matrix.txt',
    contentBase64: Buffer.from('A text').toString('base64'),
    links: [{ entity: 'account', id }],
  }),
  'attachments.download': named,
  'attachments.preview': named,
  ...recordInputs('locations', { loadInNotes: 'Changed by the matrix' }),
  'locations.create': ({ id }) => ({ name: 'A hall', timeZone: 'Europe/Berlin', contactId: id }),
  ...recordInputs('catalogItems', { description: 'Changed by the matrix' }),
  'catalogItems.create': () => ({ kind: 'service', name: 'A service', priceMinor: 100, currency: 'EUR' }),

  'quotes.pdf': named,
  ...recordInputs('quotes', { title: 'Changed by the matrix' }),
  'quotes.create': ({ id }) => ({ accountId: id, currency: 'EUR' }),
  'quotes.send': versioned,
  'quotes.mail': ({ id, version }) => ({ id, version, ...letter() }),
  'quotes.revise': versioned,
  'quotes.accept': ({ id, version }) => ({ id, version, name: 'The matrix' }),
  'quotes.decline': versioned,
  'quotes.withdraw': ({ id, version }) => ({ id, version, reason: 'The matrix' }),
  'quotes.issueContract': versioned,
  'contracts.pdf': named,
  ...recordInputs('contracts', { reference: 'Changed by the matrix' }),
  'contracts.create': ({ id }) => ({ accountId: id, title: 'A contract' }),
  'contracts.send': versioned,
  'contracts.mail': ({ id, version }) => ({ id, version, ...letter() }),
  'contracts.void': ({ id, version }) => ({ id, version, reason: 'The matrix' }),
  'invoices.pdf': named,
  ...recordInputs('invoices', { poNumber: 'Changed by the matrix' }),
  'invoices.create': ({ id }) => ({ accountId: id, currency: 'EUR' }),
  'invoices.issue': versioned,
  'invoices.link': named,
  'invoices.mail': ({ id }) => ({ id, ...letter() }),
  'invoices.void': ({ id, version }) => ({ id, version, reason: 'The matrix' }),
  'invoices.writeOff': ({ id, version }) => ({ id, version, reason: 'The matrix' }),
  'invoices.credit': ({ id, version }) => ({ id, version, reason: 'The matrix' }),
  'payments.list': () => ({}),
  'payments.count': () => ({}),
  'payments.byId': named,
  'payments.timeline': named,
  'payments.record': ({ id }) => ({ accountId: id, ...anAmount(), currency: 'EUR', method: 'cash' }),
  'payments.allocate': ({ id, invoiceId }) => ({ paymentId: id, allocations: [{ invoiceId, amountMinor: 1 }] }),
  'payments.settle': ({ id }) => ({ paymentId: id, status: 'succeeded' }),
  'payments.cancel': ({ id }) => ({ paymentId: id }),
  'payments.refund': ({ id }) => ({ paymentId: id, ...anAmount() }),
  'numberSeries.list': none,
  'numberSeries.change': () => ({ key: 'credit_note', pad: 5 }),

  'public.quote': opened,
  'public.quotePdf': opened,
  'public.seeQuote': opened,
  'public.acceptQuote': ({ token }) => ({ token, name: 'The matrix' }),
  'public.declineQuote': opened,
  'public.openContract': opened,
  'public.contract': opened,
  'public.contractPdf': opened,
  'public.seeContract': opened,
  'public.signContract': ({ token, bodySha256, consent }) => ({
    token,
    bodySha256,
    signature: { kind: 'typed', value: 'The matrix', consent },
  }),
  'public.declineContract': opened,
  'public.openInvoice': opened,
  'public.invoice': opened,
  'public.invoicePdf': opened,
  'public.seeInvoice': opened,
  'public.payInvoice': ({ token }) => ({ token, source: 'test_card', idempotencyKey: randomUUID() }),

  ...recordInputs('pipelines', { name: 'Changed by the matrix' }),
  'pipelines.create': () => ({
    name: `Pipeline ${randomUUID().slice(0, 8)}`,
    stages: [
      { name: 'New', probability: 10 },
      { name: 'Won', kind: 'won', probability: 100, forecastCategory: 'closed' },
      { name: 'Lost', kind: 'lost', probability: 0, forecastCategory: 'omitted' },
    ],
  }),

  'people.list': none,

  ...recordInputs('savedViews', { name: 'Changed by the matrix' }),
  'savedViews.list': () => ({ list: 'account' }),
  'savedViews.count': () => ({ list: 'account' }),
  'savedViews.create': () => ({ list: 'account', name: 'A view', config: { columns: ['name'] } }),

  'operator.summary': none,
  'operator.tenants': () => ({}),
  'operator.runs': () => ({}),
  'operator.tenant': slugged,
  'operator.audit': slugged,
  'operator.diagnose': slugged,
  'operator.check': slugged,
  'operator.invalidate': slugged,
  'operator.setStatus': ({ slug }) => ({ slug, status: 'active', confirmation: slug }),
  'operator.openSupport': ({ slug }) => ({ slug, reason: 'Asked by the matrix', minutes: 5 }),
  'operator.enterSupport': named,
  'operator.leaveSupport': none,
  'operator.endSupport': named,
}

/** One of so many that nothing booked for two of them is in the way. */
export function someEvening() {
  const day = new Date(Date.UTC(2027, 0, 1 + Math.floor(Math.random() * 100_000)))
  return {
    localDate: day.toISOString().slice(0, 10),
    startTime: '18:00',
    endTime: '23:00',
    timeZone: 'Europe/Berlin',
  }
}

/** The procedures that every kind of record has, but for `create`. */
function recordInputs<Name extends string, Patch>(name: Name, patch: Patch) {
  return {
    ...withPath(name, 'list', () => ({})),
    ...withPath(name, 'count', () => ({})),
    ...withPath(name, 'byId', named),
    ...withPath(name, 'timeline', named),
    ...withPath(name, 'patch', ({ id, version }: Target) => ({ id, version, patch })),
    ...withPath(name, 'archive', versioned),
    ...withPath(name, 'unarchive', versioned),
    ...withPath(name, 'remove', versioned),
    ...withPath(name, 'restore', versioned),
    ...withPath(name, 'bulkPatch', ({ id, version }: Target) => ({ rows: [{ id, version }], patch })),
    ...withPath(name, 'bulkRemove', ({ id, version }: Target) => ({ rows: [{ id, version }] })),
    ...withPath(name, 'undo', changed),
  }
}

/** Of a payment of its own. */
function anAmount() {
  return { amountMinor: 1, idempotencyKey: randomUUID() }
}
function opened({ token }: Target) {
  return { token }
}
function none(): undefined {
  return undefined
}
function named({ id }: Target) {
  return { id }
}
function slugged({ slug }: Target) {
  return { slug }
}
function versioned({ id, version }: Target) {
  return { id, version }
}
function merged({ id, version, otherId }: Target) {
  return { kept: { id, version }, merged: { id: otherId, version: 1 } }
}
function changed({ id, changeId }: Target) {
  return { id, changeId }
}

/** A mail of its own each time: the same key again would be the same mail. */
function letter() {
  return { to: 'ada@example.com', idempotencyKey: randomUUID() }
}
