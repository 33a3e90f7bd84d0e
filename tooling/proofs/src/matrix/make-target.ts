import { randomUUID } from 'node:crypto'
import type { HttpCaller } from './caller.ts'
import { makeDocument } from './documents.ts'
import type { Target } from './inputs.ts'
import { missingTarget } from './missing-target.ts'
import {
  dateCalled,
  eventCalled,
  freeResource,
  makeRecord,
  type RecordKind,
  type RecordState,
  type Row,
} from './records.ts'
import { isDocument, isImport, type Wanted } from './targets.ts'

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
  return makeSetting(owner, 'taskTemplates', template)
}

async function makeCustomField(owner: HttpCaller): Promise<Target> {
  const field = { entity: 'resource', key: `k_${randomUUID().slice(0, 8)}`, label: 'Key', type: 'text' }
  return makeSetting(owner, 'customFields', field)
}

/** An event and a template to make tasks of. */
async function makePlannedEvent(owner: HttpCaller, words: string): Promise<Target> {
  const { id } = await owner.data<Row>('events.create', await eventCalled(words, owner))
  return { ...missingTarget(), id, otherId: (await makeTemplate(owner)).id }
}

/** Kept by the owner of the company for themselves. */
async function makeView(owner: HttpCaller): Promise<Target> {
  const view = { list: 'account', name: 'Kept', config: { columns: ['name'] } }
  return makeSetting(owner, 'savedViews', view)
}

async function makeSetting(
  owner: HttpCaller,
  name: 'taskTemplates' | 'customFields' | 'savedViews',
  input: object,
): Promise<Target> {
  const { id } = await owner.data<Row>(`${name}.create`, input)
  const { rows } = await owner.data<{ rows: { id: string }[] }>(`${name}.timeline`, { id })
  return { ...missingTarget(), id, changeId: rows[0]?.id ?? '' }
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

async function makeBooking(owner: HttpCaller, words: string): Promise<Target> {
  const date = await owner.data<Row>('eventDates.create', await dateCalled(words, owner))
  const resourceId = await freeResource(owner)
  const [booking] = await owner.data<Row[]>('bookings.book', { resourceId, eventDateId: date.id })
  return { ...missingTarget(), id: booking?.id ?? '' }
}
