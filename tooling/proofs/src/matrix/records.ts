import type { Page } from '@tenantry/contracts/pages'
import type { Pipeline } from '@tenantry/contracts/pipelines'
import { randomUUID } from 'node:crypto'
import type { HttpCaller } from './caller.ts'
import { ofAccount, toSign } from './documents.ts'
import { someEvening, type Target } from './inputs.ts'
import { missingTarget } from './missing-target.ts'

export type RecordKind = keyof typeof records
export type RecordState = 'live' | 'changed' | 'archived' | 'removed'

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

export async function eventCalled(title: string, owner: HttpCaller) {
  const { id } = await owner.data<Row>('accounts.create', { name: title })
  return { title, eventType: 'gala', timeZone: 'Europe/Berlin', accountId: id }
}

export async function dateCalled(label: string, owner: HttpCaller) {
  const { id } = await owner.data<Row>('events.create', await eventCalled(label, owner))
  return { label, eventId: id, ...someEvening() }
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

export async function freeResource(owner: HttpCaller): Promise<string> {
  return (await owner.data<Row>('resources.create', { name: 'Free', kind: 'equipment' })).id
}

export async function makeRecord(
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

export interface Row {
  id: string
  version: number
}
