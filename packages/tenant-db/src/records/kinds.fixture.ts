import type { Page } from '@tenantry/contracts/pages'
import type { RecordChange } from '@tenantry/contracts/record'
import { LimitedKind } from '@tenantry/contracts/record-access'
import { accountInput } from '@tenantry/testing/factories/account'
import { attachmentInput } from '@tenantry/testing/factories/attachment'
import { catalogItemInput } from '@tenantry/testing/factories/catalog-item'
import { communicationInput } from '@tenantry/testing/factories/communication'
import { contactInput } from '@tenantry/testing/factories/contact'
import { eventInput } from '@tenantry/testing/factories/event'
import { eventDateInput } from '@tenantry/testing/factories/event-date'
import { leadInput } from '@tenantry/testing/factories/lead'
import { locationInput } from '@tenantry/testing/factories/location'
import { noteInput } from '@tenantry/testing/factories/note'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { contractInput } from '@tenantry/testing/factories/contract'
import { invoiceInput } from '@tenantry/testing/factories/invoice'
import { quoteInput } from '@tenantry/testing/factories/quote'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { resourceInput } from '@tenantry/testing/factories/resource'
import { taskInput } from '@tenantry/testing/factories/task'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe } from 'vitest'
import { openPlacement, placements, type Desk, type Placement } from '../placements.fixture.ts'
import type { TenantReader } from '../reader.ts'
import type { RowLimits } from '../row-access/limits.ts'
import type { TenantDb } from '../writer.ts'
import type { RecordRepository } from './every-record.fixture.ts'

/** What all records have, seen without the brands of their ids. */
export interface AnyRow {
  id: string
  version: number
  createdAt: string
  createdBy: string | null
  updatedAt: string
  updatedBy: string | null
  archivedAt: string | null
  deletedAt: string | null
  [field: string]: unknown
}

interface AnyReader {
  byId(id: string): Promise<AnyRow>
  timeline(id: string, page: { cursor?: string | null; limit: number }): Promise<Page<RecordChange>>
}

interface At {
  id: string
  version: number
}

export interface AnyRepository extends AnyReader {
  /** With a text in the first of the two fields and nothing in the second. */
  create(): Promise<AnyRow>
  patch(input: At & { patch: Record<string, unknown> }): Promise<AnyRow>
  archive(at: At): Promise<AnyRow>
  unarchive(at: At): Promise<AnyRow>
  remove(at: At): Promise<AnyRow>
  restore(at: At): Promise<AnyRow>
  undo(id: string, changeId: string): Promise<AnyRow>
}

interface Pointer {
  field: string
  rowOf(db: TenantDb): Promise<string>
  /** What the field holds to point at it; the id itself where nothing else is said. */
  as?(id: string): unknown
}

interface Kind {
  entity: string
  /** Two texts that can be empty. */
  fields: readonly [string, string]
  /** A value that the database refuses. */
  refused: { field: string; value: unknown }
  /** The fields that point at other rows, each with a row it could point at. */
  pointers: readonly Pointer[]
  create(db: TenantDb): Promise<AnyRow>
  read(db: TenantReader): AnyReader
  write(db: TenantDb): Omit<AnyRepository, 'create'>
}

/** The field that names the member who answers for a record. */
function member(field: string) {
  return {
    refused: { field, value: v7() },
    pointers: [{ field, rowOf: async (db: TenantDb) => (await db.memberRefs.list())[0]?.userId ?? '' }],
  }
}

const toContact: Pointer = {
  field: 'contactId',
  rowOf: async (db) => (await db.contacts.create(contactInput())).id,
}
const toAccount: Pointer = {
  field: 'accountId',
  rowOf: async (db) => (await db.accounts.create(accountInput())).id,
}
const toLocation: Pointer = {
  field: 'locationId',
  rowOf: async (db) => (await db.locations.create(locationInput())).id,
}
const linkTo = (entity: string, rowOf: Pointer['rowOf']): Pointer => ({
  field: 'links',
  rowOf,
  as: (id) => [{ entity, id }],
})
const links: Pointer[] = [
  linkTo('account', toAccount.rowOf),
  linkTo('contact', toContact.rowOf),
  linkTo('location', toLocation.rowOf),
  linkTo('lead', async (db) => (await db.leads.create(leadInput())).id),
  linkTo('opportunity', async (db) => (await db.opportunities.create(opportunityInput())).id),
  linkTo('event', async (db) => (await db.events.create(eventInput({ accountId: await toAccount.rowOf(db) }))).id),
]
const unknownLink = { field: 'links', value: [{ entity: 'account', id: v7() }] }
const unknownCurrency = { field: 'currency', value: 'XXX' }

export const kinds: Record<RecordRepository, Kind> = {
  accounts: {
    entity: 'account',
    ...member('ownerId'),
    fields: ['industry', 'source'],
    create: (db) => db.accounts.create(accountInput({ industry: 'Music' })),
    read: (db) => db.accounts,
    write: (db) => db.accounts,
  },
  contacts: {
    entity: 'contact',
    refused: { field: 'ownerId', value: v7() },
    pointers: [
      ...member('ownerId').pointers,
      { field: 'accounts', rowOf: toAccount.rowOf, as: (id) => [{ accountId: id, role: null, isPrimary: false }] },
    ],
    fields: ['jobTitle', 'locale'],
    create: (db) => db.contacts.create(contactInput({ jobTitle: 'Planner' })),
    read: (db) => db.contacts,
    write: (db) => db.contacts,
  },
  opportunities: {
    entity: 'opportunity',
    ...member('ownerId'),
    fields: ['nextStep', 'eventType'],
    create: (db) => db.opportunities.create(opportunityInput({ nextStep: 'Call', eventType: null })),
    read: (db) => db.opportunities,
    write: (db) => db.opportunities,
  },
  locations: {
    entity: 'location',
    fields: ['loadInNotes', 'parkingNotes'],
    refused: { field: 'contactId', value: v7() },
    pointers: [toContact],
    create: (db) => db.locations.create(locationInput({ loadInNotes: 'Dock 3' })),
    read: (db) => db.locations,
    write: (db) => db.locations,
  },
  leads: {
    entity: 'lead',
    fields: ['source', 'wantedVenue'],
    ...member('ownerId'),
    create: (db) => db.leads.create(leadInput({ source: 'Fair' })),
    read: (db) => db.leads,
    write: (db) => db.leads,
  },
  events: {
    entity: 'event',
    fields: ['description', 'theme'],
    refused: { field: 'ownerId', value: v7() },
    pointers: [...member('ownerId').pointers, toContact, { ...toContact, field: 'plannerContactId' }, toAccount],
    create: async (db) =>
      db.events.create(eventInput({ accountId: await toAccount.rowOf(db), description: 'Under the trees' })),
    read: (db) => db.events,
    write: (db) => db.events,
  },
  eventDates: {
    entity: 'event_date',
    fields: ['notes', 'onsiteName'],
    refused: { field: 'locationId', value: v7() },
    pointers: [toLocation],
    create: async (db) => {
      const { id } = await db.opportunities.create(opportunityInput())
      return db.eventDates.create(eventDateInput({ opportunityId: id, notes: 'Ring twice' }))
    },
    read: (db) => db.eventDates,
    write: (db) => db.eventDates,
  },
  resources: {
    entity: 'resource',
    fields: ['description', 'serialNumber'],
    refused: { field: 'memberIds', value: [v7()] },
    pointers: [
      { field: 'memberIds', rowOf: async (db) => (await db.resources.create(resourceInput())).id, as: (id) => [id] },
    ],
    create: (db) => db.resources.create(resourceInput({ description: 'With a ring light' })),
    read: (db) => db.resources,
    write: (db) => db.resources,
  },
  tasks: {
    entity: 'task',
    fields: ['description', 'outcome'],
    refused: { field: 'assigneeId', value: v7() },
    pointers: [
      ...member('assigneeId').pointers,
      { field: 'parentTaskId', rowOf: async (db) => (await db.tasks.create(taskInput())).id },
      ...links,
    ],
    create: (db) => db.tasks.create(taskInput({ description: 'About the date' })),
    read: (db) => db.tasks,
    write: (db) => db.tasks,
  },
  notes: {
    entity: 'note',
    fields: ['title', 'saidBy'],
    refused: unknownLink,
    pointers: links,
    create: (db) => db.notes.create(noteInput({ title: 'Colours' })),
    read: (db) => db.notes,
    write: (db) => db.notes,
  },
  attachments: {
    entity: 'attachment',
    fields: ['category', 'description'],
    refused: unknownLink,
    pointers: links,
    create: (db) => db.attachments.create(attachmentInput({ category: 'Plans' })),
    read: (db) => db.attachments,
    write: (db) => db.attachments,
  },
  communications: {
    entity: 'communication',
    fields: ['subject', 'bodyText'],
    refused: unknownLink,
    pointers: links,
    create: (db) => db.communications.create(communicationInput({ subject: 'The date' })),
    read: (db) => db.communications,
    write: (db) => db.communications,
  },
  catalogItems: {
    entity: 'catalog_item',
    fields: ['sku', 'description'],
    refused: unknownCurrency,
    pointers: [],
    create: (db) => db.catalogItems.create(catalogItemInput({ sku: 'B-1', description: null })),
    read: (db) => db.catalogItems,
    write: (db) => db.catalogItems,
  },
  quotes: {
    entity: 'quote',
    fields: ['title', 'terms'],
    refused: unknownCurrency,
    pointers: [toContact, toAccount],
    create: async (db) => db.quotes.create(quoteInput({ accountId: await toAccount.rowOf(db) })),
    read: (db) => db.quotes,
    write: (db) => db.quotes,
  },
  contracts: {
    entity: 'contract',
    fields: ['reference', 'notes'],
    refused: { field: 'quoteId', value: v7() },
    pointers: [],
    create: async (db) =>
      db.contracts.create(contractInput({ accountId: await toAccount.rowOf(db), reference: 'Order 7', notes: null })),
    read: (db) => db.contracts,
    write: (db) => db.contracts,
  },
  invoices: {
    entity: 'invoice',
    fields: ['poNumber', 'notes'],
    refused: unknownCurrency,
    pointers: [toContact, toAccount],
    create: async (db) =>
      db.invoices.create(invoiceInput({ accountId: await toAccount.rowOf(db), poNumber: 'PO 7', notes: null })),
    read: (db) => db.invoices,
    write: (db) => db.invoices,
  },
}

/** One kind of record as a test of one tenant handles it. */
export interface RecordDesk extends AnyRepository {
  entity: string
  first: string
  second: string
  person: Desk['person']
  /** Several calls in one transaction. */
  transaction<T>(work: (db: TenantDb) => Promise<T>): Promise<T>
  /** This kind of record on a handle. */
  on(db: TenantDb): AnyRepository
  /** Every line of the history, oldest first. */
  history(id: string): Promise<RecordChange[]>
}

export interface RecordPlacement {
  mine: RecordDesk
  theirs: RecordDesk
  /** Of a member of my tenant who sees and changes their own records only. */
  limited: RecordDesk
}

/** Runs a suite for each kind of record in each placement. */
export function forEveryRecord(
  suite: (placement: () => RecordPlacement, kind: Pick<Kind, 'entity' | 'refused' | 'pointers'>) => void,
): void {
  describe.each(placements)('in a %s database', (placement) => {
    let opened: Placement & { close(): Promise<void> }
    let limited: Desk
    beforeAll(async () => {
      opened = await openPlacement(placement)
      await Promise.all(
        [opened.mine, opened.theirs].map((desk) => desk.write((db) => db.pipelines.create(pipelineInput()))),
      )
    })
    beforeAll(async () => {
      limited = await opened.mine.limited(ownOnly)
    })
    afterAll(() => opened.close())
    describe.each(Object.values(kinds))('$entity', (kind) => {
      const placed = () => ({
        mine: recordDesk(opened.mine, kind),
        theirs: recordDesk(opened.theirs, kind),
        limited: recordDesk(limited, kind),
      })
      suite(placed, kind)
    })
  })
}

/** Of every kind that can be limited. */
export function ownOnly(person: string): RowLimits {
  const own = Object.fromEntries(LimitedKind.options.map((kind) => [kind, [person]]))
  return { see: own, change: own }
}

function recordDesk(desk: Desk, kind: Kind): RecordDesk {
  const [first, second] = kind.fields
  const read = kind.read(desk.read)
  const on = (db: TenantDb): AnyRepository => {
    const repository = kind.write(db)
    return {
      create: () => kind.create(db),
      byId: (id) => repository.byId(id),
      timeline: (id, page) => repository.timeline(id, page),
      patch: (input) => repository.patch(input),
      archive: (at) => repository.archive(at),
      unarchive: (at) => repository.unarchive(at),
      remove: (at) => repository.remove(at),
      restore: (at) => repository.restore(at),
      undo: (id, changeId) => repository.undo(id, changeId),
    }
  }
  const alone = <T>(work: (repository: AnyRepository) => Promise<T>) => desk.write((db) => work(on(db)))
  return {
    entity: kind.entity,
    first,
    second,
    person: desk.person,
    transaction: desk.write,
    on,
    create: () => alone((repository) => repository.create()),
    byId: (id) => read.byId(id),
    timeline: (id, page) => read.timeline(id, page),
    patch: (input) => alone((repository) => repository.patch(input)),
    archive: (at) => alone((repository) => repository.archive(at)),
    unarchive: (at) => alone((repository) => repository.unarchive(at)),
    remove: (at) => alone((repository) => repository.remove(at)),
    restore: (at) => alone((repository) => repository.restore(at)),
    undo: (id, changeId) => alone((repository) => repository.undo(id, changeId)),
    async history(id) {
      const { rows } = await read.timeline(id, { limit: 200 })
      return rows.reverse()
    },
  }
}

/** An id that no record has. */
export function unknownId(): string {
  return v7()
}
