import { statement } from '@tenantry/connections/statement'
import type { CustomInput } from '@tenantry/contracts/custom-values'
import { AccountListQuery } from '@tenantry/contracts/accounts'
import { ContactListQuery } from '@tenantry/contracts/contacts'
import { NoteListQuery } from '@tenantry/contracts/notes'
import { accountInput } from '@tenantry/testing/factories/account'
import { contactInput } from '@tenantry/testing/factories/contact'
import { customFieldInput } from '@tenantry/testing/factories/custom-field'
import { leadInput } from '@tenantry/testing/factories/lead'
import { locationInput } from '@tenantry/testing/factories/location'
import { noteInput } from '@tenantry/testing/factories/note'
import { taskInput } from '@tenantry/testing/factories/task'
import { sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'
import { ownOnly } from '../records/kinds.fixture.ts'

const options = [
  { key: 'north', label: 'North' },
  { key: 'south', label: 'South' },
]

const define = (desk: Desk, input: Parameters<typeof customFieldInput>[0]) =>
  desk.write((db) => db.customFields.create(customFieldInput(input)))
const account = (desk: Desk, custom?: CustomInput) =>
  desk.write((db) => db.accounts.create(accountInput(custom && { custom })))

inEveryPlacement((placement) => {
  test('each type takes what it says, and any other input is refused at the field where it is', async () => {
    const { mine } = placement()
    const types = {
      text: { good: 'Blue', bad: ['', 7, 'a\nb', 'x'.repeat(501), '\ud800'] },
      long_text: { good: 'a\nb', bad: ['  ', true] },
      number: { good: -7, bad: [1.5, '7', 1e16] },
      decimal: { good: 12.75, bad: ['12.75', 0.1 + 0.2, 1e300] },
      date: { good: '2027-02-28', bad: ['2027-02-30', '28.2.2027'] },
      checkbox: { good: false, bad: ['false', 0] },
      select: { good: 'north', bad: ['North', 'east', ['north']] },
      multi_select: { good: ['south', 'north'], bad: [[], ['north', 'north'], ['east'], 'north'] },
      url: { good: 'https://example.com/a', bad: ['javascript:alert(1)', 'example'] },
      email: { good: 'a@example.com', bad: ['a'] },
    } as const
    for (const type of Object.keys(types) as (keyof typeof types)[])
      await define(mine, { key: `a_${type}`, type, ...(type.endsWith('select') && { options }) })
    const good = Object.fromEntries(Object.entries(types).map(([type, { good: value }]) => [`a_${type}`, value]))
    const created = await account(mine, good as CustomInput)
    expect(created.custom).toEqual(good)
    expect((await mine.read.accounts.byId(created.id)).custom).toEqual(good)
    for (const [type, { bad }] of Object.entries(types)) {
      for (const value of bad) {
        const refused = { code: 'BAD_INPUT', data: { fields: { [`custom.a_${type}`]: [expect.any(String)] } } }
        const custom = { [`a_${type}`]: value } as CustomInput
        await expect(account(mine, custom)).rejects.toMatchObject(refused)
        const patch = mine.write((db) => db.accounts.patch({ id: created.id, version: 1, patch: { custom } }))
        await expect(patch).rejects.toMatchObject(refused)
      }
    }
    await expect(account(mine, { nowhere: 'x' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      data: { fields: { 'custom.nowhere': ['There is no such field.'] } },
    })
    await expect(
      mine.write((db) => db.contacts.create(contactInput({ custom: { a_text: 'x' } }))),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })

  test('a patch changes the keys it names; each is a field of its own in history, conflicts and undo', async () => {
    const { mine } = placement()
    for (const key of ['one', 'two', 'three']) await define(mine, { key })
    const { id } = await account(mine, { one: 'a', two: 'b' })
    const patch = (version: number, custom: CustomInput) =>
      mine.write((db) => db.accounts.patch({ id, version, patch: { custom } }))
    const changed = await patch(1, { two: null, three: 'c' })
    expect(changed.custom).toEqual({ one: 'a', three: 'c' })
    await patch(2, { one: 'A' })
    const { rows } = await mine.read.accounts.timeline(id, { limit: 10 })
    expect(rows.map(({ diff }) => diff)).toMatchObject([
      { 'custom.one': { from: 'a', to: 'A' } },
      { 'custom.two': { from: 'b', to: null }, 'custom.three': { from: null, to: 'c' } },
      { 'custom.one': { from: null, to: 'a' }, 'custom.two': { from: null, to: 'b' } },
    ])
    await expect(patch(1, { one: 'z' })).rejects.toMatchObject({
      code: 'STALE_WRITE',
      data: { currentVersion: 3, changed: { 'custom.one': 'A', 'custom.two': null, 'custom.three': 'c' } },
    })
    // Nothing but what the change was about comes back; what came after it stays.
    const undone = await mine.write((db) => db.accounts.undo(id, rows[1]?.id ?? ''))
    expect(undone.custom).toEqual({ one: 'A', two: 'b' })
    expect(await patch(4, { one: 'A' })).toMatchObject({ version: 4 })
  })

  test('a required field is asked of whoever creates a record, by the database too, and does not let go of its value', async () => {
    const { mine } = placement()
    await mine.write((db) =>
      db.customFields.create(customFieldInput({ entity: 'lead', key: 'budget', type: 'number', required: true })),
    )
    const lead = (custom?: CustomInput) => mine.write((db) => db.leads.create(leadInput(custom && { custom })))
    const refused = { code: 'BAD_INPUT', data: { fields: { 'custom.budget': ['Fill this in.'] } } }
    await expect(lead({})).rejects.toMatchObject(refused)
    await expect(lead({ budget: null })).rejects.toMatchObject(refused)
    const { id } = await lead({ budget: 0 })
    const patch = (custom: CustomInput) => mine.write((db) => db.leads.patch({ id, version: 1, patch: { custom } }))
    await expect(patch({ budget: null })).rejects.toMatchObject(refused)
    // What comes of another record or a step asks nobody, also in a transaction in which somebody was asked.
    const made = await mine.write(async (db) => {
      await db.leads.create(leadInput({ custom: { budget: 1 } }))
      return db.leads.create(leadInput())
    })
    expect(made.custom).toEqual({})
    expect((await lead()).custom).toEqual({})
  })

  test('an archived field keeps its values and takes none; its key is not given to another', async () => {
    const { mine } = placement()
    const field = await define(mine, { key: 'colour' })
    const { id } = await account(mine, { colour: 'red' })
    await mine.write((db) => db.customFields.archive(field))
    const patch = (version: number, custom: CustomInput) =>
      mine.write((db) => db.accounts.patch({ id, version, patch: { custom } }))
    await expect(patch(1, { colour: 'blue' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      data: { fields: { 'custom.colour': ['This field is archived.'] } },
    })
    expect((await mine.read.accounts.byId(id)).custom).toEqual({ colour: 'red' })
    await expect(define(mine, { key: 'colour', type: 'number' })).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      data: { field: 'key' },
    })
    await mine.write((db) => db.customFields.unarchive({ id: field.id, version: 2 }))
    expect((await patch(1, { colour: 'blue' })).custom).toEqual({ colour: 'blue' })
  })

  test('a field in the bin is asked of nobody and found by nobody; its values and its key wait for it', async () => {
    const { mine } = placement()
    const field = await define(mine, { entity: 'note', key: 'mood', required: true })
    const write = (custom: CustomInput) => mine.write((db) => db.notes.create(noteInput({ custom })))
    const note = await write({ mood: 'merry' })
    const shown = async (show: 'active' | 'archived' | 'deleted' | 'all') => {
      const found = await mine.read.customFields.list({ entity: 'note', show })
      expect((await mine.read.customFields.count({ entity: 'note', show })).count).toBe(found.length)
      return found.map(({ key }) => key)
    }
    const removed = await mine.write((db) => db.customFields.remove(field))
    expect([await shown('active'), await shown('all'), await shown('deleted')]).toEqual([[], [], ['mood']])
    expect(await write({})).toMatchObject({ custom: {} })
    const noSuchField = { code: 'BAD_INPUT', data: { fields: { 'custom.mood': ['There is no such field.'] } } }
    await expect(write({ mood: 'sad' })).rejects.toMatchObject(noSuchField)
    const sought = NoteListQuery.parse({ filters: { custom: { mood: 'merry' } } })
    await expect(mine.read.notes.list(sought)).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await expect(define(mine, { entity: 'note', key: 'mood' })).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      message: '«Region» is in the bin and has this key already.',
    })
    const patch = { label: 'Temper' }
    await expect(mine.write((db) => db.customFields.patch({ ...removed, patch }))).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
    })
    await expect(mine.write((db) => db.customFields.restore(field))).rejects.toMatchObject({ code: 'STALE_WRITE' })
    const back = await mine.write((db) => db.customFields.restore(removed))
    expect(back).toEqual({ ...field, version: 3, updatedAt: back.updatedAt })
    expect((await mine.read.notes.list(sought)).rows).toEqual([note])
    await expect(write({})).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })

  test('a change of a definition is taken back, but for an option that records hold since', async () => {
    const { mine } = placement()
    const field = await define(mine, { entity: 'location', key: 'side', type: 'select', options })
    const east = [...options, { key: 'east', label: 'East' }]
    const wider = await mine.write((db) => db.customFields.patch({ ...field, patch: { options: east, label: 'Side' } }))
    const [change, made] = (await mine.read.customFields.timeline(field.id, { limit: 2 })).rows
    const undo = (id = change?.id) => mine.write((db) => db.customFields.undo(field.id, id ?? ''))
    const held = await mine.write((db) => db.locations.create(locationInput({ custom: { side: 'east' } })))
    await expect(undo()).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'options' } })
    expect(await mine.read.customFields.byId(field.id)).toEqual(wider)
    await mine.write((db) => db.locations.patch({ ...held, patch: { custom: { side: 'north' } } }))
    expect(await undo()).toMatchObject({ label: 'Region', options, version: 3 })
    await expect(undo(made?.id)).rejects.toMatchObject({ code: 'STALE_WRITE' })
  })

  test('a kind of record has no more fields than a form holds, however one comes back', async () => {
    const { mine } = placement()
    await mine.database.transaction((tx) => tx.run(twoHundred, {}))
    const [first] = await mine.read.customFields.list({ entity: 'resource', show: 'all' })
    if (first === undefined) throw new Error('there are two hundred')
    const full = { code: 'RULE_VIOLATED', message: 'There are 200 fields already.' }
    await expect(define(mine, { entity: 'resource', key: 'more' })).rejects.toMatchObject(full)
    const removed = await mine.write((db) => db.customFields.remove(first))
    await define(mine, { entity: 'resource', key: 'more' })
    const [change] = (await mine.read.customFields.timeline(first.id, { limit: 1 })).rows
    await expect(mine.write((db) => db.customFields.restore(removed))).rejects.toMatchObject(full)
    await expect(mine.write((db) => db.customFields.undo(first.id, change?.id ?? ''))).rejects.toMatchObject(full)
    expect(await mine.read.customFields.byId(first.id)).toEqual(removed)
  })

  test('an option that a record holds cannot be left out, be the record in the bin; any other can', async () => {
    const { mine } = placement()
    const all = [...options, { key: 'east', label: 'East' }]
    const field = await define(mine, { key: 'parts', type: 'multi_select', options: all })
    const held = await account(mine, { parts: ['north', 'south'] })
    await mine.write((db) => db.accounts.remove({ id: held.id, version: 1 }))
    const offer = (keys: string[]) =>
      mine.write((db) =>
        db.customFields.patch({
          ...field,
          patch: { options: all.filter(({ key }) => keys.includes(key)).map((o) => ({ ...o, label: `${o.label}!` })) },
        }),
      )
    await expect(offer(['north', 'east'])).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      message: '«South» is in use in one record. Change these first.',
      data: { field: 'options' },
    })
    expect((await offer(['north', 'south'])).options.map(({ label }) => label)).toEqual(['North!', 'South!'])
    const text = await define(mine, { key: 'plain' })
    await expect(mine.write((db) => db.customFields.patch({ ...text, patch: { options } }))).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      data: { field: 'options' },
    })
    // Somebody who does not see all records cannot tell which options are in use.
    const limited = await mine.limited(ownOnly)
    const without = { ...field, version: 2, patch: { options: options.slice(0, 1) } }
    await expect(limited.write((db) => db.customFields.patch(without))).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('fields stand in the order they were given, and their definitions have a history', async () => {
    const { mine } = placement()
    const made = []
    for (const key of ['a', 'b', 'c']) made.push(await define(mine, { entity: 'event', key }))
    const ids = made.map(({ id }) => id).toReversed()
    await mine.write((db) => db.customFields.reorder({ entity: 'event', ids }))
    const keys = async () =>
      (await mine.read.customFields.list({ entity: 'event', show: 'active' })).map(({ key }) => key)
    expect(await keys()).toEqual(['c', 'b', 'a'])
    for (const wrong of [
      [...ids, ...ids],
      [...ids.slice(1), v7() as (typeof ids)[number]],
    ])
      await expect(mine.write((db) => db.customFields.reorder({ entity: 'event', ids: wrong }))).rejects.toMatchObject({
        code: 'RULE_VIOLATED',
        data: { field: 'ids' },
      })
    expect(await keys()).toEqual(['c', 'b', 'a'])
    await mine.write((db) => db.customFields.reorder({ entity: 'event', ids: ids.slice(1, 2) }))
    expect(await keys()).toEqual(['b', 'c', 'a'])
    const { rows } = await mine.read.changes.timeline(
      { entity: 'custom_field', entityId: made[0]?.id ?? '' },
      { limit: 5 },
    )
    expect(rows[0]).toMatchObject({ action: 'changed', diff: { position: { from: 0, to: 2 } } })
  })

  test('lists are narrowed by custom values as their fields can be asked, several fields at once', async () => {
    const { mine } = placement()
    await define(mine, { key: 'tag', type: 'multi_select', options })
    await define(mine, { key: 'size', type: 'number' })
    await define(mine, { key: 'share', type: 'decimal' })
    await define(mine, { key: 'since', type: 'date' })
    await define(mine, { key: 'vip', type: 'checkbox' })
    const word = await define(mine, { key: 'word' })
    const quoted = 'say "$.x" == \\1 || true'
    const rows = [
      await account(mine, { tag: ['north', 'south'], size: 1, since: '2027-01-31', vip: true }),
      await account(mine, { tag: ['south'], size: 2, word: quoted, since: '2027-02-01', vip: false }),
      await account(mine, { size: -3, share: 0.5, word: 'Überall (50%)' }),
      await account(mine),
    ]
    const found = async (custom: object) => {
      const query = AccountListQuery.parse({ sort: 'createdAt', filters: { custom } })
      const { rows: page } = await mine.read.accounts.list(query)
      expect((await mine.read.accounts.count(query)).count).toBe(page.length)
      return page.map(({ id }) => rows.findIndex((row) => row.id === id))
    }
    expect(await found({ tag: 'south' })).toEqual([0, 1])
    expect(await found({ size: [2, -3] })).toEqual([1, 2])
    expect(await found({ tag: ['north', 'south'], size: 2 })).toEqual([1])
    expect(await found({ word: quoted })).toEqual([1])
    expect(await found({ word: 'true', size: 2 })).toEqual([])
    expect(await found({ size: { from: 1 } })).toEqual([0, 1])
    expect(await found({ size: { from: -3, until: 1 } })).toEqual([0, 2])
    expect(await found({ share: { until: 0.5 } })).toEqual([2])
    expect(await found({ since: { from: '2027-02-01' } })).toEqual([1])
    expect(await found({ since: { until: '2027-01-31' }, vip: true })).toEqual([0])
    expect(await found({ vip: false })).toEqual([1])
    expect(await found({ word: { contains: 'ÜBER' } })).toEqual([2])
    for (const part of ['"$.x" == \\1', '(50%)']) expect(await found({ word: { contains: part } })).toHaveLength(1)
    expect(await found({ word: { contains: '.*' } })).toEqual([])
    expect(await found({ tag: 'gone' })).toEqual([])
    // An archived field keeps its values, so it can be asked for them.
    await mine.write((db) => db.customFields.archive(word))
    expect(await found({ word: { contains: 'über' }, size: { until: 0 } })).toEqual([2])
  })

  test('a filter that asks for a field that there is not, or for what it cannot hold, is refused at that field', async () => {
    const { mine, theirs } = placement()
    await define(theirs, { entity: 'contact', key: 'theirs' })
    await define(mine, { key: 'alien' })
    const types = ['text', 'number', 'decimal', 'date', 'checkbox', 'select', 'multi_select', 'url'] as const
    for (const type of types)
      await define(mine, { entity: 'contact', key: `f_${type}`, type, ...(type.endsWith('select') && { options }) })
    const wrong = {
      theirs: 'x',
      alien: 'x',
      f_text: 7,
      f_number: '7',
      f_decimal: { contains: '7' },
      f_date: { from: 20_270_131 },
      f_checkbox: ['north'],
      f_select: { contains: 'north' },
      f_multi_select: { from: 1 },
      f_url: { until: '2027-01-31' },
    }
    for (const [key, sought] of Object.entries(wrong)) {
      const query = ContactListQuery.parse({
        filters: { custom: { [key]: sought, f_text: key === 'f_text' ? 7 : 'x' } },
      })
      const refused = { code: 'BAD_INPUT', data: { fields: { [`filters.custom.${key}`]: [expect.any(String)] } } }
      await expect(mine.read.contacts.list(query)).rejects.toMatchObject(refused)
      await expect(mine.read.contacts.count(query)).rejects.toMatchObject(refused)
    }
    for (const shapeless of [
      {},
      { from: undefined },
      { contains: '' },
      { contains: 'a\0' },
      [],
      null,
      { from: 'soon' },
    ]) {
      const parsed = ContactListQuery.safeParse({ filters: { custom: { f_text: shapeless } } })
      expect([shapeless, parsed.success]).toEqual([shapeless, false])
    }
  })

  test('a merge fills what the record that is left lacks, and taking it back empties that again', async () => {
    const { mine } = placement()
    for (const key of ['left', 'both', 'right']) await define(mine, { key })
    const kept = await account(mine, { left: 'l', both: 'mine' })
    const merged = await account(mine, { both: 'theirs', right: 'r' })
    const whole = await mine.write((db) => db.accounts.merge({ kept, merged, take: [] }))
    expect(whole.custom).toEqual({ left: 'l', both: 'mine', right: 'r' })
    const [line] = (await mine.read.accounts.timeline(kept.id, { limit: 1 })).rows
    const back = await mine.write((db) => db.accounts.undo(kept.id, line?.id ?? ''))
    expect(back.custom).toEqual({ left: 'l', both: 'mine' })
    expect((await mine.read.accounts.byId(merged.id)).custom).toEqual({ both: 'theirs', right: 'r' })
  })

  describe('the fields of another tenant', () => {
    test('are neither seen nor changed, and say nothing about records here', async () => {
      const { mine, theirs } = placement()
      const field = await define(theirs, { entity: 'task', key: 'secret', required: true })
      const seen = await mine.read.customFields.list({ entity: 'task', show: 'all' })
      expect(seen).toEqual([])
      expect(await theirs.read.customFields.byId(field.id)).toEqual(field)
      const { rows } = await theirs.read.customFields.timeline(field.id, { limit: 10 })
      expect(rows).toMatchObject([{ action: 'created', diff: { key: { to: 'secret' } } }])
      for (const way of [
        () => mine.read.customFields.byId(field.id),
        () => mine.read.customFields.timeline(field.id, { limit: 10 }),
        () => mine.write((db) => db.customFields.patch({ ...field, patch: { label: 'Taken' } })),
        () => mine.write((db) => db.customFields.archive(field)),
        () => mine.write((db) => db.customFields.unarchive(field)),
        () => mine.write((db) => db.customFields.remove(field)),
        () => mine.write((db) => db.customFields.restore(field)),
        () => mine.write((db) => db.customFields.undo(field.id, rows[0]?.id ?? '')),
      ])
        await expect(way()).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(
        mine.write((db) => db.customFields.reorder({ entity: 'task', ids: [field.id] })),
      ).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
      expect(await mine.write((db) => db.tasks.create(taskInput({ custom: {} })))).toMatchObject({ custom: {} })
      await expect(mine.write((db) => db.tasks.create(taskInput({ custom: { secret: 'x' } })))).rejects.toMatchObject({
        data: { fields: { 'custom.secret': ['There is no such field.'] } },
      })
    })
  })
})

const twoHundred = statement<Record<string, never>, never>((db) =>
  db.execute(sql`insert into crm.custom_fields (id, entity, key, label, type, options, position)
    select gen_random_uuid(), 'resource', 'k' || n, 'Field', 'text', '[]', n from generate_series(1, 200) n`),
)
