import { CatalogItemListQuery } from '@tenantry/contracts/catalog-items'
import { catalogItemInput } from '@tenantry/testing/factories/catalog-item'
import { beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { inEveryPlacement } from '../placements.fixture.ts'

type Filters = NonNullable<z.input<typeof CatalogItemListQuery>['filters']>

inEveryPlacement((placement) => {
  beforeAll(async () => {
    const { mine, theirs } = placement()
    await mine.write(async (db) => {
      await db.catalogItems.create(catalogItemInput({ name: 'A', kind: 'package', currency: 'EUR' }))
      await db.catalogItems.create(catalogItemInput({ name: 'B', kind: 'fee', currency: 'USD', isActive: false }))
      await db.catalogItems.create(catalogItemInput({ name: 'C', kind: 'add_on', currency: 'USD' }))
    })
    await theirs.write((db) => db.catalogItems.create(catalogItemInput({ name: 'Theirs', currency: 'EUR' })))
  })

  test.each<[string, Filters, string]>([
    ['nothing', {}, 'ABC'],
    ['kinds', { kind: ['package', 'fee'] }, 'AB'],
    ['a currency', { currency: 'USD' }, 'BC'],
    ['what is on offer', { isActive: true }, 'AC'],
    ['what is no longer on offer', { isActive: false }, 'B'],
  ])('asked for %s, list and count agree', async (_, filters, names) => {
    const { mine } = placement()
    const query = CatalogItemListQuery.parse({ filters })
    const { rows } = await mine.read.catalogItems.list(query)
    expect(rows.map(({ name }) => name).join('')).toBe(names)
    expect(await mine.read.catalogItems.count(query)).toEqual({ count: names.length, capped: false })
  })

  test('an item reads as it was created, with all its fields, and is found by its number', async () => {
    const { mine } = placement()
    const fields = {
      kind: 'service',
      name: 'DJ',
      sku: 'DJ-4',
      description: 'Four hours',
      unit: 'evening',
      priceMinor: Number.MAX_SAFE_INTEGER,
      currency: 'JPY',
      taxPpm: 88_750,
      durationMinutes: 240,
      isActive: true,
    } as const
    const created = await mine.write((db) => db.catalogItems.create(fields))
    expect(created).toMatchObject({ ...fields, version: 1 })
    expect(await mine.read.catalogItems.byId(created.id)).toEqual(created)
    expect((await mine.read.catalogItems.list(CatalogItemListQuery.parse({ search: 'dj-4' }))).rows).toEqual([created])
    await mine.write((db) => db.catalogItems.remove(created))
  })
})
