import { statement } from '@tenantry/connections/statement'
import type { AccountId, ContactId } from '@tenantry/contracts/ids'
import { accountInput } from '@tenantry/testing/factories/account'
import { catalogItemInput } from '@tenantry/testing/factories/catalog-item'
import { contactInput } from '@tenantry/testing/factories/contact'
import { locationInput } from '@tenantry/testing/factories/location'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { sql } from 'drizzle-orm'
import { inspect } from 'node:util'
import { v7 } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import { accountRecord } from '../accounts/record.ts'
import { catalogItemRecord } from '../catalog-items/record.ts'
import { contactRecord } from '../contacts/record.ts'
import { locationRecord } from '../locations/record.ts'
import { opportunityRecord } from '../opportunities/record.ts'
import { inEveryPlacement } from '../placements.fixture.ts'
import type { TenantDb } from '../writer.ts'

const records = [accountRecord, contactRecord, opportunityRecord, locationRecord, catalogItemRecord]
const nobody = { ownerId: v7() }
const nowhere = { accountId: v7() as AccountId }
/** Must not be found in any error. */
const canary = 'canary 4711'

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
  ['currency', (db) => db.catalogItems.create(catalogItemInput({ name: canary, currency: 'XXX' }))],
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
    expect(explained.filter((name) => !names.has(name))).toEqual([])
  })
})

const constraintNames = statement<Record<string, never>, { name: string }>((db) =>
  db.execute<{ name: string }>(sql`select conname::text as name from pg_constraint`),
)
