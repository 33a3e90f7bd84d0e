import { AccountListQuery } from '@tenantry/contracts/accounts'
import { accountInput } from '@tenantry/testing/factories/account'
import { beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

type Filters = NonNullable<z.input<typeof AccountListQuery>['filters']>

inEveryPlacement((placement) => {
  beforeAll(async () => {
    const { mine, theirs } = placement()
    const owned = { ownerId: mine.person.id }
    await mine.write(async (db) => {
      await db.accounts.create(
        accountInput({ name: 'A', kind: 'person', status: 'active', billingCity: 'Ulm', ...owned }),
      )
      await db.accounts.create(accountInput({ name: 'B', kind: 'company', status: 'inactive', billingCity: null }))
      await db.accounts.create(
        accountInput({ name: 'C', kind: 'company', status: 'blocked', billingCity: 'ulm', ...owned }),
      )
      const archived = await db.accounts.create(accountInput({ name: 'D', billingCity: 'Ulm' }))
      await db.accounts.archive(archived)
      const removed = await db.accounts.create(accountInput({ name: 'E', billingCity: 'Ulm' }))
      await db.accounts.remove(removed)
      await db.accounts.remove(await db.accounts.archive(await db.accounts.create(accountInput({ name: 'F' }))))
    })
    await theirs.write((db) => db.accounts.create(accountInput({ name: 'Theirs', billingCity: 'Ulm' })))
  })

  test.each<[string, (desk: Desk) => Filters, string]>([
    ['nothing', () => ({}), 'ABC'],
    ['a kind', () => ({ kind: 'company' }), 'BC'],
    ['one status', () => ({ status: ['inactive'] }), 'B'],
    ['several statuses', () => ({ status: ['active', 'blocked'] }), 'AC'],
    ['no status in particular', () => ({ status: [] }), 'ABC'],
    ['an owner', ({ person }) => ({ ownerId: person.id }), 'AC'],
    ['an owner of another tenant', () => ({ ownerId: placement().theirs.person.id }), ''],
    ['a city, as it is written', () => ({ city: 'Ulm' }), 'A'],
    ['no city', () => ({ city: '' }), 'B'],
    [
      'everything at once',
      ({ person }) => ({ kind: 'person', status: ['active'], ownerId: person.id, city: 'Ulm' }),
      'A',
    ],
    ['what contradicts itself', () => ({ kind: 'company', city: 'Ulm' }), ''],
  ])('asked for %s, list and count agree', async (_, filtersFor, names) => {
    const { mine } = placement()
    const query = AccountListQuery.parse({ filters: filtersFor(mine) })
    const { rows } = await mine.read.accounts.list(query)
    expect(rows.map(({ name }) => name).join('')).toBe(names)
    expect(await mine.read.accounts.count(query)).toEqual({ count: names.length, capped: false })
  })

  test.each([
    { show: 'active', names: ['A', 'B', 'C'] },
    { show: 'archived', names: ['D'] },
    { show: 'deleted', names: ['E', 'F'] },
  ])('$show accounts are shown when they are asked for, and only then', async ({ show, names }) => {
    const { mine } = placement()
    const query = AccountListQuery.parse({ show })
    const { rows } = await mine.read.accounts.list(query)
    expect(rows.map(({ name }) => name)).toEqual(names)
    expect(await mine.read.accounts.count(query)).toEqual({ count: names.length, capped: false })
  })

  test('a page goes on where it was, whatever is written meanwhile', async () => {
    const { mine } = placement()
    const query = AccountListQuery.parse({ sort: 'createdAt', filters: { city: 'Page' }, limit: 2 })
    const create = (name: string) => mine.write((db) => db.accounts.create(accountInput({ name, billingCity: 'Page' })))
    const [first] = [await create('1'), await create('2'), await create('3')]
    const page = await mine.read.accounts.list(query)
    await mine.write((db) => db.accounts.remove(first))
    await create('4')
    const next = await mine.read.accounts.list({ ...query, cursor: page.nextCursor })
    expect([...page.rows, ...next.rows].map(({ name }) => name)).toEqual(['1', '2', '3', '4'])
  })
})
