import { ContactListQuery } from '@tenantry/contracts/contacts'
import type { AccountId } from '@tenantry/contracts/ids'
import { accountInput } from '@tenantry/testing/factories/account'
import { contactInput } from '@tenantry/testing/factories/contact'
import { v7 } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { inEveryPlacement } from '../placements.fixture.ts'

type Filters = NonNullable<z.input<typeof ContactListQuery>['filters']>

inEveryPlacement((placement) => {
  /** A company of each tenant. */
  let mine: AccountId
  let theirs: AccountId

  beforeAll(async () => {
    const desks = placement()
    const person = (firstName: string) => ({ firstName, lastName: null, ownerId: desks.mine.person.id })
    mine = await desks.mine.write(async (db) => {
      const { id } = await db.accounts.create(accountInput())
      await db.contacts.create(contactInput({ ...person('A'), accounts: [{ accountId: id }] }))
      await db.contacts.create(contactInput({ ...person('B'), status: 'inactive', ownerId: null }))
      await db.contacts.create(contactInput({ ...person('C'), doNotContact: true }))
      await db.contacts.archive(
        await db.contacts.create(contactInput({ ...person('D'), accounts: [{ accountId: id }] })),
      )
      await db.contacts.remove(await db.contacts.create(contactInput(person('E'))))
      return id
    })
    theirs = await desks.theirs.write(async (db) => {
      const { id } = await db.accounts.create(accountInput())
      await db.contacts.create(contactInput({ firstName: 'Theirs', accounts: [{ accountId: id }] }))
      return id
    })
  })

  test.each<[string, () => Filters, string]>([
    ['nothing', () => ({}), 'ABC'],
    ['a status', () => ({ status: ['inactive'] }), 'B'],
    ['each status', () => ({ status: ['inactive', 'active'] }), 'ABC'],
    ['an owner', () => ({ ownerId: placement().mine.person.id }), 'AC'],
    ['those not to be contacted', () => ({ doNotContact: true }), 'C'],
    ['those who may be contacted', () => ({ doNotContact: false }), 'AB'],
    ['a company', () => ({ accountId: mine }), 'A'],
    ['a company of another tenant', () => ({ accountId: theirs }), ''],
    ['a company that does not exist', () => ({ accountId: v7() }), ''],
    ['everything at once', () => ({ accountId: mine, status: ['active'], doNotContact: false }), 'A'],
  ])('asked for %s, list and count agree', async (_, filters, names) => {
    const desk = placement().mine
    const query = ContactListQuery.parse({ filters: filters() })
    const { rows } = await desk.read.contacts.list(query)
    expect(rows.map(({ displayName }) => displayName).join('')).toBe(names)
    expect(await desk.read.contacts.count(query)).toEqual({ count: names.length, capped: false })
  })

  test.each([
    { show: 'archived', names: 'D' },
    { show: 'deleted', names: 'E' },
  ])('$show contacts are shown when they are asked for', async ({ show, names }) => {
    const { rows } = await placement().mine.read.contacts.list(ContactListQuery.parse({ show }))
    expect(rows.map(({ displayName }) => displayName).join('')).toBe(names)
  })
})
