import { accountInput } from '@tenantry/testing/factories/account'
import { inEveryPlacement } from '@tenantry/testing/placements'
import { expect, test } from 'vitest'
import { everything, importDesk } from './import-desk.fixture.ts'
import { fixImportRow } from './plan-import.ts'

inEveryPlacement((placement) => {
  test('a check names each cell that is wrong and writes no record; a row that is put right is imported', async () => {
    const { mine } = placement()
    const { upload, plan, done, rows } = importDesk(mine)
    const { id, mapping } = await upload(
      'Last name,E-Mail,Phone,Owner email,Firma,Birthday,Opt-out\n' +
        'Weber,nonsense,123,nobody@x.example,No such firm,2020-13-01,maybe\nVogel,v@x.example,+4930777,,,1.5.1980,ja\nshort,row\n',
      'contact',
    )
    await plan(id, mapping)
    const before = await everything(mine)
    expect(await done(id, 'checking')).toBe('over')
    expect(await mine.read.imports.byId(id)).toMatchObject({ status: 'checked', checked: 3, invalid: 2, created: 0 })
    expect(await everything(mine)).toEqual(before)
    const [bad, good, short] = await rows(id)
    expect(bad?.errors.map(({ column, field }) => [column, field]).toSorted()).toEqual([
      [1, 'email'],
      [2, 'phone'],
      [3, 'owner'],
      [4, 'company'],
      [5, 'birthday'],
      [6, 'doNotContact'],
    ])
    expect(good).toMatchObject({ errors: [], outcome: null })
    expect(short?.errors).toEqual([{ column: null, field: null, message: 'This row has 2 cells, the header has 7.' }])
    await done(id, 'running')
    expect(await mine.read.imports.byId(id)).toMatchObject({ status: 'done', created: 1, failed: 2, invalid: 2 })
    const fix = (row: number, cells: string[]) => mine.write((db) => fixImportRow(db, { id, row, cells }))
    expect(await fix(1, ['Weber', 'w@x.example', '', '', '', '', ''])).toMatchObject({ errors: [], outcome: null })
    expect(await fix(3, ['', 'nonsense', '', '', '', '', ''])).toMatchObject({
      errors: [{ column: 1 }, { column: null }],
    })
    await expect(fix(2, ['Other', '', '', '', '', '', ''])).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    expect(await mine.read.imports.byId(id)).toMatchObject({ failed: 0, invalid: 1 })
    await done(id, 'running')
    expect(await mine.read.imports.byId(id)).toMatchObject({ status: 'done', created: 2, failed: 1, invalid: 1 })
    const made = await mine.read.contacts.byId((await rows(id))[1]?.recordId as never)
    expect(made).toMatchObject({ birthday: '1980-05-01', doNotContact: true, phone: '+4930777', email: 'v@x.example' })
  })

  test('custom fields are filled like others: read by their type, refused cell by cell, remembered and taken back', async () => {
    const { mine } = placement()
    const { upload, plan, done, rows } = importDesk(mine)
    const field = { entity: 'account' as const, required: false, options: [] }
    const options = ['gold', 'fresh'].map((key) => ({ key, label: `${key} star` }))
    const vip = await mine.write(async (db) => {
      await db.customFields.create({ ...field, key: 'rating', label: 'Stars', type: 'number' })
      await db.customFields.create({ ...field, key: 'tags', label: 'Tags', type: 'multi_select', options })
      await db.customFields.create({ ...field, key: 'since', label: 'Customer since', type: 'date' })
      return db.customFields.create({ ...field, key: 'vip', label: 'VIP', type: 'checkbox' })
    })
    const known = await mine.write((db) =>
      db.accounts.create(accountInput({ name: 'Custom Known', custom: { rating: 1 } })),
    )
    const { id, mapping } = await upload(
      'name,Stars,custom.tags,Customer since,VIP\nCustom Known,5,"Gold star; fresh",1.5.2020,\n' +
        'Custom New,7,"[""gold""]",,ja\nCustom Bad,many,silver,soon,perhaps\n',
    )
    expect(mapping.map((filled) => filled.field)).toEqual([
      'name',
      'custom.rating',
      'custom.tags',
      'custom.since',
      'custom.vip',
    ])
    await plan(id, mapping, { rule: 'update', by: 'name' })
    const before = await everything(mine)
    await done(id, 'checking')
    const errors = async () =>
      (await rows(id, 'errors')).map(({ row, errors: found }) => [row, ...found.map(({ column }) => column)])
    expect(await errors()).toEqual([[3, 1, 2, 3, 4]])
    await mine.write((db) => db.customFields.archive(vip))
    await done(id, 'running')
    expect(await errors()).toEqual([
      [2, 4],
      [3, 1, 2, 3, 4],
    ])
    await mine.write((db) => fixImportRow(db, { id, row: 2, cells: ['Custom New', '7', '["gold"]', '', ''] }))
    await done(id, 'running')
    expect(await mine.read.imports.byId(id)).toMatchObject({ created: 1, updated: 1, failed: 1 })
    const changed = await mine.read.accounts.byId(known.id)
    expect(changed).toMatchObject({
      custom: { rating: 5, tags: ['gold', 'fresh'], since: '2020-05-01' },
      version: 2,
    })
    const [line] = (await mine.read.accounts.timeline(known.id, { limit: 1 })).rows
    expect(line?.diff).toMatchObject({ 'custom.rating': { from: 1, to: 5 }, 'custom.since': { from: null } })
    const made = (await rows(id))[1]?.recordId as never
    expect((await mine.read.accounts.byId(made)).custom).toEqual({ rating: 7, tags: ['gold'] })
    const [birth] = (await mine.read.accounts.timeline(made, { limit: 1 })).rows
    expect(birth?.diff).toMatchObject({ 'custom.rating': { from: null, to: 7 } })
    await done(id, 'reverting')
    expect(await everything(mine)).toEqual(before)
  })
})
