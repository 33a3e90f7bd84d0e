import { LeadListQuery, type Lead } from '@tenantry/contracts/leads'
import { leadInput } from '@tenantry/testing/factories/lead'
import { beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

type Filters = NonNullable<z.input<typeof LeadListQuery>['filters']>

inEveryPlacement((placement) => {
  beforeAll(async () => {
    const { mine, theirs } = placement()
    const asked = (desk: Desk, fields: Parameters<typeof leadInput>[0]) =>
      desk.write((db) => db.leads.create(leadInput({ lastName: null, ...fields })))
    // One after the other: the queue tells them apart by when they came.
    await asked(mine, { firstName: 'A', source: 'fair', wantedOn: '2027-05-01', status: 'contacted' })
    await asked(mine, { firstName: 'B', source: 'web', wantedOn: '2027-06-01', ownerId: mine.person.id })
    await asked(mine, { firstName: 'C', kind: 'company', source: null, wantedOn: null, eventType: 'gala' })
    await asked(mine, { firstName: 'D', status: 'unqualified', unqualifiedReason: 'Too far', wantedOn: null })
    await asked(theirs, { firstName: 'Theirs', source: 'web' })
  })

  test.each<[string, (desk: Desk) => Filters, string]>([
    ['nothing', () => ({}), 'ABCD'],
    ['statuses', () => ({ status: ['new', 'contacted'] }), 'ABC'],
    ['a kind', () => ({ kind: 'company' }), 'C'],
    ['an owner', ({ person }) => ({ ownerId: person.id }), 'B'],
    ['an owner of another tenant', () => ({ ownerId: placement().theirs.person.id }), ''],
    ['a source', () => ({ source: 'web' }), 'B'],
    ['a kind of event', () => ({ eventType: 'gala' }), 'C'],
    ['wanted from a day', () => ({ wantedFrom: '2027-05-02' }), 'B'],
    ['wanted until a day', () => ({ wantedUntil: '2027-05-01' }), 'A'],
  ])('asked for %s, list and count agree', async (_, filtersFor, names) => {
    const { mine } = placement()
    const query = LeadListQuery.parse({ sort: 'name', filters: filtersFor(mine) })
    const { rows } = await mine.read.leads.list(query)
    expect(rows.map(({ displayName }) => displayName).join('')).toBe(names)
    expect(await mine.read.leads.count(query)).toEqual({ count: names.length, capped: false })
  })

  test('the queue has those nobody has answered first, and goes on where it was', async () => {
    const { mine } = placement()
    const query = LeadListQuery.parse({ limit: 2 })
    const first = await mine.read.leads.list(query)
    const rest = await mine.read.leads.list({ ...query, cursor: first.nextCursor })
    const names = [...first.rows, ...rest.rows].map(({ displayName }) => displayName)
    // B and C came within a second, and then the id decides.
    expect(names.slice(0, 2).sort()).toEqual(['B', 'C'])
    expect(names.slice(2)).toEqual(['A', 'D'])
  })

  test('a lead remembers when it was answered for the first time, and only that', async () => {
    const { mine } = placement()
    const { id, firstResponseAt } = await mine.write((db) => db.leads.create(leadInput()))
    expect(firstResponseAt).toBeNull()
    const setTo = (version: number, status: Lead['status']) =>
      mine.write((db) => db.leads.patch({ id, version, patch: { status: status as 'contacted' } }))
    const contacted = await setTo(1, 'contacted')
    expect(contacted.firstResponseAt).toBe(contacted.updatedAt)
    await setTo(2, 'new')
    expect(await setTo(3, 'qualified')).toMatchObject({ firstResponseAt: contacted.firstResponseAt })
    await mine.write((db) => db.leads.remove({ id, version: 4 }))
  })

  test.each([
    [{ firstName: 'Ada', lastName: 'Byron', company: 'Engines' }, 'Ada Byron'],
    [{ firstName: null, lastName: null, company: 'Engines' }, 'Engines'],
    [{ firstName: null, lastName: null, company: null, email: 'a@b.example' }, 'a@b.example'],
    [{ firstName: null, lastName: null, company: null, email: null, phone: '+4930123456' }, '+4930123456'],
  ])('a lead is called by what it left: %j is %s', async (fields, name) => {
    const { mine } = placement()
    const lead = await mine.write((db) => db.leads.create(leadInput(fields)))
    expect(lead.displayName).toBe(name)
    await mine.write((db) => db.leads.remove(lead))
  })
})
