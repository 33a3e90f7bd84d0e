import { statement } from '@tenantry/connections/statement'
import type { AccountId, ContactId } from '@tenantry/contracts/ids'
import { accountInput } from '@tenantry/testing/factories/account'
import { catalogItemInput } from '@tenantry/testing/factories/catalog-item'
import { communicationRecord } from '../communications/record.ts'
import { contactInput } from '@tenantry/testing/factories/contact'
import { eventInput } from '@tenantry/testing/factories/event'
import { eventDateInput } from '@tenantry/testing/factories/event-date'
import { leadInput } from '@tenantry/testing/factories/lead'
import { contractInput } from '@tenantry/testing/factories/contract'
import { invoiceInput } from '@tenantry/testing/factories/invoice'
import { locationInput } from '@tenantry/testing/factories/location'
import { noteInput } from '@tenantry/testing/factories/note'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { resourceInput } from '@tenantry/testing/factories/resource'
import { taskInput } from '@tenantry/testing/factories/task'
import { quoteInput } from '@tenantry/testing/factories/quote'
import { sql } from 'drizzle-orm'
import { inspect } from 'node:util'
import { v7 } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import { accountRecord } from '../accounts/record.ts'
import { catalogItemRecord } from '../catalog-items/record.ts'
import { contactRecord } from '../contacts/record.ts'
import { eventDateRecord } from '../event-dates/record.ts'
import { eventRecord } from '../events/record.ts'
import { leadRecord } from '../leads/record.ts'
import { noteRecord } from '../notes/record.ts'
import { resourceRecord } from '../resources/record.ts'
import { taskRecord } from '../tasks/record.ts'
import { contractRecord } from '../contracts/record.ts'
import { invoiceRecord } from '../invoices/record.ts'
import { locationRecord } from '../locations/record.ts'
import { opportunityRecord } from '../opportunities/record.ts'
import { inEveryPlacement } from '../placements.fixture.ts'
import { quoteRecord } from '../quotes/record.ts'
import type { TenantDb } from '../writer.ts'

const records = [
  accountRecord,
  catalogItemRecord,
  communicationRecord,
  contactRecord,
  eventDateRecord,
  eventRecord,
  leadRecord,
  locationRecord,
  noteRecord,
  opportunityRecord,
  resourceRecord,
  taskRecord,
  quoteRecord,
  contractRecord,
  invoiceRecord,
]
const nobody = { ownerId: v7() }
const nowhere = { accountId: v7() as AccountId }
const unknownSigner = { name: 'Ada', email: 'ada@example.com', contactId: v7() }
/** Must not be found in any error. */
const canary = 'canary 4711'

/** On the night when Berlin puts its clocks forward, 02:30 is 03:30 and so after 03:00. */
const inTheGap = { localDate: '2027-03-28', startTime: '02:30', endTime: '03:00' }

async function dateOf(db: TenantDb, fields: Parameters<typeof eventDateInput>[0]) {
  const { id } = await db.opportunities.create(opportunityInput())
  return db.eventDates.create(eventDateInput({ opportunityId: id, ...fields }))
}

const refused: [string, (db: TenantDb) => Promise<unknown>][] = [
  ['ownerId', (db) => db.accounts.create(accountInput({ name: canary, ...nobody }))],
  ['parentAccountId', (db) => db.accounts.create(accountInput({ name: canary, parentAccountId: v7() }))],
  ['defaultCurrency', (db) => db.accounts.create(accountInput({ name: canary, defaultCurrency: 'XXX' }))],
  ['ownerId', (db) => db.contacts.create(contactInput({ lastName: canary, ...nobody }))],
  ['accounts', (db) => db.contacts.create(contactInput({ lastName: canary, accounts: [nowhere] }))],
  ['firstName', (db) => db.contacts.create({ jobTitle: canary })],
  ['ownerId', (db) => db.opportunities.create(opportunityInput({ name: canary, ...nobody }))],
  ['accountId', (db) => db.opportunities.create(opportunityInput({ name: canary, ...nowhere }))],
  ['contactId', (db) => db.opportunities.create(opportunityInput({ name: canary, contactId: v7() as ContactId }))],
  ['currency', (db) => db.opportunities.create(opportunityInput({ name: canary, currency: 'XXX' }))],
  ['contactId', (db) => db.locations.create(locationInput({ name: canary, contactId: v7() }))],
  ['ownerId', (db) => db.leads.create(leadInput({ lastName: canary, ...nobody }))],
  ['currency', (db) => db.leads.create(leadInput({ lastName: canary, currency: 'XXX' }))],
  ['unqualifiedReason', (db) => db.leads.create(leadInput({ lastName: canary, status: 'unqualified' }))],
  ['lastName', (db) => db.leads.create({ kind: 'person', status: 'new', message: canary })],
  ['accountId', (db) => db.events.create(eventInput({ title: canary, ...nowhere }))],
  ['eventId', (db) => db.eventDates.create(eventDateInput({ label: canary }))],
  ['endTime', (db) => dateOf(db, { label: canary, startTime: '18:00', endTime: '18:00' })],
  ['endTime', (db) => dateOf(db, { label: canary, ...inTheGap })],
  ['timeZone', (db) => dateOf(db, { label: canary, timeZone: 'Mars/Olympus' })],
  ['memberIds', (db) => db.resources.create(resourceInput({ name: canary, memberIds: [v7()] }))],
  ['assigneeId', (db) => db.tasks.create(taskInput({ title: canary, assigneeId: nobody.ownerId }))],
  ['links', (db) => db.tasks.create(taskInput({ title: canary, links: [{ entity: 'lead', id: v7() }] }))],
  ['links', (db) => db.notes.create(noteInput({ title: canary, links: [{ entity: 'invoice', id: v7() }] }))],
  ['currency', (db) => db.catalogItems.create(catalogItemInput({ name: canary, currency: 'XXX' }))],
  ['accountId', (db) => db.quotes.create(quoteInput({ title: canary, accountId: v7() }))],
  [
    'contactId',
    async (db) => db.quotes.create(quoteInput({ ...(await customer(db)), title: canary, contactId: v7() })),
  ],
  ['opportunityId', async (db) => db.quotes.create(quoteInput({ ...(await customer(db)), opportunityId: v7() }))],
  ['currency', async (db) => db.quotes.create(quoteInput({ ...(await customer(db)), title: canary, currency: 'XXX' }))],
  ['accountId', (db) => db.contracts.create(contractInput({ title: canary, accountId: v7() }))],
  ['quoteId', async (db) => db.contracts.create(contractInput({ ...(await customer(db)), quoteId: v7() }))],
  ['signers', async (db) => db.contracts.create(contractInput({ ...(await customer(db)), signers: [unknownSigner] }))],
  ['accountId', (db) => db.invoices.create(invoiceInput({ poNumber: canary, accountId: v7() }))],
  ['contactId', async (db) => db.invoices.create(invoiceInput({ ...(await customer(db)), contactId: v7() }))],
  ['currency', async (db) => db.invoices.create(invoiceInput({ ...(await customer(db)), currency: 'XXX' }))],
]

inEveryPlacement((placement) => {
  beforeAll(() => placement().mine.write((db) => db.pipelines.create(pipelineInput())))

  test.each(refused)(
    'a wrong %s is said to be wrong, and the error holds nothing that was written',
    async (field, write) => {
      const error: unknown = await placement()
        .mine.write(write)
        .catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'RULE_VIOLATED', data: { field } })
      expect(error).not.toHaveProperty('message', 'The change breaks a rule of this record.')
      const everything = inspect(error, { depth: 20, showHidden: true })
      expect(everything).toContain('RULE_VIOLATED')
      for (const secret of [canary, 'insert into', 'Failing row', nobody.ownerId])
        expect(everything).not.toContain(secret)
    },
  )

  test('a company cannot belong to itself', async () => {
    const { mine } = placement()
    const { id } = await mine.write((db) => db.accounts.create(accountInput()))
    const own = mine.write((db) => db.accounts.patch({ id, version: 1, patch: { parentAccountId: id } }))
    await expect(own).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'parentAccountId' } })
  })

  test('every refusal is about a constraint that exists', async () => {
    const known = await placement().mine.database.reader.run(constraintNames, {})
    const names = new Set(known.map(({ name }) => name))
    const explained = records.flatMap(({ refusals }) => Object.keys(refusals))
    expect(explained.length).toBeGreaterThan(9)
    expect(explained.filter((name) => !names.has(name) && !/^2[23]/.test(name))).toEqual([])
  })
})

const constraintNames = statement<Record<string, never>, { name: string }>((db) =>
  db.execute<{ name: string }>(sql`select conname::text as name from pg_constraint`),
)

async function customer(db: TenantDb) {
  const { id: accountId } = await db.accounts.create(accountInput())
  return { accountId }
}
