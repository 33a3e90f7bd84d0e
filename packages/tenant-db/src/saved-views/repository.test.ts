import { SavedViewInput } from '@tenantry/contracts/saved-views'
import { columnsOf, viewedLists, type ViewedEntity } from '@tenantry/contracts/viewed-lists'
import { savedViewInput } from '@tenantry/testing/factories/saved-view'
import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

const nobodyLimited = () => ({ see: {}, change: {} })

inEveryPlacement((placement) => {
  const colleague = () => placement().mine.limited(nobodyLimited)
  const names = async (desk: Desk, show: 'active' | 'archived' | 'deleted' = 'active') =>
    (await desk.read.savedViews.list({ list: 'lead', show })).map(({ name }) => name)

  test('a view reads as it was saved, and is listed with those of its own list only', async () => {
    const { mine } = placement()
    const input = savedViewInput({
      name: 'Big ones',
      visibility: 'tenant',
      config: {
        columns: ['name', 'billingCity', 'ownerName'],
        sort: 'city',
        order: 'desc',
        search: 'Studio',
        filters: { status: ['active'], city: 'Ulm' },
      },
    })
    const created = await mine.write((db) => db.savedViews.create(input))
    expect(created).toMatchObject({ ...input, ownerId: mine.person.id, ownerName: mine.person.name, problems: [] })
    expect(await mine.read.savedViews.byId(created.id)).toEqual(created)
    expect(await mine.read.savedViews.list({ list: 'account', show: 'active' })).toContainEqual(created)
    expect(await mine.read.savedViews.list({ list: 'contact', show: 'active' })).toEqual([])
  })

  test('what somebody keeps for themselves is nobody else’s; what is shared is everybody’s to see and theirs to change', async () => {
    const { mine, theirs } = placement()
    const other = await colleague()
    const save = (name: string, visibility: 'private' | 'tenant') =>
      mine.write((db) => db.savedViews.create(savedViewInput({ list: 'lead', name, visibility })))
    const [kept, shared] = [await save('Kept', 'private'), await save('Shared', 'tenant')]
    expect(await names(mine)).toEqual(['Kept', 'Shared'])
    expect(await names(other)).toEqual(['Shared'])
    expect(await names(theirs)).toEqual([])
    const counted = (desk: Desk) => desk.read.savedViews.count({ list: 'lead', show: 'active' })
    expect(await Promise.all([mine, other, theirs].map(counted))).toEqual(
      [2, 1, 0].map((count) => ({ count, capped: false })),
    )
    const ways = (desk: Desk, { id, version }: typeof kept) => [
      () => desk.write((db) => db.savedViews.patch({ id, version, patch: { name: 'Taken' } })),
      () => desk.read.savedViews.timeline(id, { limit: 10 }),
      () => desk.write((db) => db.savedViews.archive({ id, version })),
      () => desk.write((db) => db.savedViews.unarchive({ id, version })),
      () => desk.write((db) => db.savedViews.remove({ id, version })),
      () => desk.write((db) => db.savedViews.restore({ id, version })),
      () => desk.write((db) => db.savedViews.undo(id, '1')),
    ]
    for (const way of ways(other, kept)) await expect(way()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    for (const way of ways(other, shared)) await expect(way()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    for (const way of ways(theirs, shared)) await expect(way()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(other.read.savedViews.byId(kept.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(theirs.read.savedViews.byId(shared.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await mine.read.savedViews.byId(shared.id)).toEqual(shared)
  })

  test('a view is put away, taken back and changed by its version', async () => {
    const { mine } = placement()
    const { id } = await mine.write((db) => db.savedViews.create(savedViewInput({ list: 'lead', name: 'Mine' })))
    await mine.write((db) => db.savedViews.archive({ id, version: 1 }))
    expect(await names(mine, 'archived')).toEqual(['Mine'])
    await mine.write((db) => db.savedViews.unarchive({ id, version: 2 }))
    await mine.write((db) => db.savedViews.remove({ id, version: 3 }))
    expect(await names(mine, 'deleted')).toEqual(['Mine'])
    const stale = mine.write((db) => db.savedViews.patch({ id, version: 1, patch: { name: 'Late' } }))
    await expect(stale).rejects.toMatchObject({ code: 'STALE_WRITE' })
    await mine.write((db) => db.savedViews.restore({ id, version: 4 }))
    const config = savedViewInput({ config: { columns: ['email'] } }).config
    const patched = await mine.write((db) => db.savedViews.patch({ id, version: 5, patch: { config } }))
    expect(patched).toMatchObject({ name: 'Mine', version: 6, config: { columns: ['email'] } })
    const { rows } = await mine.read.savedViews.timeline(id, { limit: 1 })
    expect(rows).toMatchObject([{ action: 'changed', diff: { config: { to: config } } }])
    const undone = await mine.write((db) => db.savedViews.undo(id, rows[0]?.id ?? ''))
    expect(undone).toMatchObject({ version: 7, config: { columns: ['createdAt'] }, problems: [] })
  })

  test('contents that the list does not understand are refused, at the field where they are', async () => {
    const { mine } = placement()
    const { id } = await mine.write((db) => db.savedViews.create(savedViewInput({ list: 'lead' })))
    const patches: [object, string][] = [
      [{ columns: ['name'] }, 'config.columns.0'],
      [{ columns: ['email'], sort: 'amount' }, 'config.sort'],
      [{ columns: ['email'], filters: { colour: 'red' } }, 'config.filters.colour'],
      [{ columns: ['email'], filters: { status: ['open'] } }, 'config.filters.status.0'],
    ]
    for (const [config, field] of patches) {
      const parsed = { ...savedViewInput().config, ...config }
      const refused = mine.write((db) => db.savedViews.patch({ id, version: 1, patch: { config: parsed } }))
      await expect(refused).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field } })
    }
  })

  test('a view of what is gone since still opens, and says what is missing', async () => {
    const { mine } = placement()
    const { id } = await mine.write((db) =>
      db.savedViews.create(savedViewInput({ list: 'event', config: { columns: ['title'] } })),
    )
    await mine.database.transaction((tx) => tx.run(older, { id }))
    expect((await mine.read.savedViews.byId(id)).problems).toEqual([
      { path: 'columns.1', message: 'There is no column «fax» in this list.' },
      { path: 'sort', message: 'This list cannot be sorted by «fax».' },
      { path: 'filters.fax', message: 'This list has no filter «fax».' },
    ])
    expect(await mine.read.savedViews.list({ list: 'event', show: 'active' })).toMatchObject([
      { id, config: { columns: ['title', 'fax'] } },
    ])
  })
})

/** As an older release may have saved it. */
const older = statement<{ id: string }, never>((db) =>
  db.execute(sql`update crm.saved_views set config = config || '{"columns": ["title", "fax"], "sort": "fax", "filters": {"fax": "1"}}'
    where id = ${sql.placeholder('id')}`),
)

describe.each(Object.keys(viewedLists) as ViewedEntity[])('a view of the list of %s', (entity) => {
  test('may show every column, use every sort, and nothing else', () => {
    const { query } = viewedLists[entity]
    const columns = columnsOf(entity)
    for (const sort of query.shape.sort.unwrap().options) {
      const { name, config } = savedViewInput({ list: entity, config: { columns, sort } })
      expect({ name, config }).toMatchObject({ config: { columns, sort } })
    }
    const unknown = SavedViewInput.safeParse({ list: entity, name: 'x', config: { columns: ['fax'], sort: 'fax' } })
    expect(unknown.error?.issues.map(({ path }) => path.join('.'))).toEqual(['config.columns.0', 'config.sort'])
  })
})
