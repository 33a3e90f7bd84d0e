import { LocationListQuery } from '@tenantry/contracts/locations'
import { contactInput } from '@tenantry/testing/factories/contact'
import { locationInput } from '@tenantry/testing/factories/location'
import { beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { inEveryPlacement } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('a location reads as it was created, with all its fields', async () => {
    const { mine } = placement()
    const contact = await mine.write((db) => db.contacts.create(contactInput({ firstName: 'Ada', lastName: 'Byron' })))
    const fields = {
      name: 'Orangery',
      kind: 'client_site',
      line1: 'Park 1',
      line2: 'Gate B',
      city: 'Ulm',
      region: 'BW',
      postalCode: '89073',
      country: 'DE',
      latitude: '48.398400',
      longitude: '-9.991550',
      timeZone: 'Europe/Berlin',
      capacity: 240,
      parkingNotes: 'Behind the house',
      loadInNotes: 'Ramp, 2 m wide',
      isOneTime: true,
      contactId: contact.id,
    } as const
    const created = await mine.write((db) => db.locations.create(locationInput(fields)))
    expect(created).toMatchObject({ ...fields, contactName: 'Ada Byron', version: 1 })
    expect(await mine.read.locations.byId(created.id)).toEqual(created)
    expect((await mine.read.locations.list(LocationListQuery.parse({ search: 'orangery' }))).rows).toEqual([created])
  })

  test('a location is found by its street and its city', async () => {
    const { mine } = placement()
    const { id } = await mine.write((db) =>
      db.locations.create(locationInput({ name: 'Shed', line1: 'Quay 9', city: 'Husum' })),
    )
    for (const search of ['quay 9', 'HUSUM'])
      expect((await mine.read.locations.list(LocationListQuery.parse({ search }))).rows).toMatchObject([{ id }])
  })
})

type Filters = NonNullable<z.input<typeof LocationListQuery>['filters']>

inEveryPlacement((placement) => {
  beforeAll(async () => {
    const { mine, theirs } = placement()
    await mine.write(async (db) => {
      await db.locations.create(locationInput({ name: 'A', kind: 'venue', city: 'Ulm', country: 'DE' }))
      await db.locations.create(locationInput({ name: 'B', kind: 'warehouse', city: null, country: 'DE' }))
      await db.locations.create(
        locationInput({ name: 'C', kind: 'client_site', city: 'Ulm', country: null, isOneTime: true }),
      )
    })
    await theirs.write((db) => db.locations.create(locationInput({ name: 'Theirs', city: 'Ulm', country: 'DE' })))
  })

  test.each<[string, Filters, string]>([
    ['nothing', {}, 'ABC'],
    ['kinds', { kind: ['venue', 'client_site'] }, 'AC'],
    ['a city', { city: 'Ulm' }, 'AC'],
    ['no city', { city: '' }, 'B'],
    ['a country', { country: 'DE' }, 'AB'],
    ['those used once', { isOneTime: true }, 'C'],
    ['those used again', { isOneTime: false }, 'AB'],
  ])('asked for %s, list and count agree', async (_, filters, names) => {
    const { mine } = placement()
    const query = LocationListQuery.parse({ filters })
    const { rows } = await mine.read.locations.list(query)
    expect(rows.map(({ name }) => name).join('')).toBe(names)
    expect(await mine.read.locations.count(query)).toEqual({ count: names.length, capped: false })
  })
})
