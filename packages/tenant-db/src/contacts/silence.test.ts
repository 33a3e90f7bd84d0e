import type { ContactPointInput, SilencedPoint } from '@tenantry/contracts/contacts'
import { contactInput } from '@tenantry/testing/factories/contact'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('an address is silenced and welcome again as a change of the contact, which can be undone', async () => {
    const { mine } = placement()
    const { id } = await create(mine, [email('Ada@one.example'), email('other@one.example')])
    const silent = await patch(mine, id, 1, { silenced: [optedOut('ada@ONE.example')] })
    expect(silent.points).toMatchObject([
      { value: 'Ada@one.example', optedOutAt: expect.stringMatching(/^\d{4}-.+Z$/) as string, bouncedAt: null },
      { value: 'other@one.example', optedOutAt: null },
    ])
    const [change] = (await mine.read.contacts.timeline(id, { limit: 1 })).rows
    expect(change?.diff).toEqual({ silenced: { from: [], to: [optedOut('ada@one.example')] } })
    expect(await whyNot(mine, 'ADA@one.example')).toBe('opted_out')
    expect(await whyNot(mine, 'other@one.example')).toBeNull()
    await mine.write((db) => db.contacts.undo(id, change?.id ?? ''))
    expect(await whyNot(mine, 'ada@one.example')).toBeNull()
  })

  test('since when something is so does not change when the rest is written', async () => {
    const { mine } = placement()
    const { id } = await create(mine, [email('ada@two.example')])
    const first = await patch(mine, id, 1, { silenced: [optedOut('ada@two.example')] })
    const both = [optedOut('ada@two.example'), { ...optedOut('ada@two.example'), reason: 'bounced' as const }]
    const second = await patch(mine, id, 2, { silenced: both })
    expect(second.points[0]).toEqual({ ...first.points[0], bouncedAt: expect.any(String) as string })
  })

  test('an address that its contact has no more stays marked, and whoever gets it is marked with it', async () => {
    const { mine, theirs } = placement()
    const { id } = await create(mine, [email('ada@three.example'), email('stays@three.example')])
    const silenced = [optedOut('ada@three.example'), { ...optedOut('ada@three.example'), reason: 'bounced' as const }]
    await patch(mine, id, 1, { silenced })
    const without = await patch(mine, id, 2, { points: [email('stays@three.example')] })
    expect(without.points).toMatchObject([{ value: 'stays@three.example', optedOutAt: null }])
    expect(await whyNot(mine, 'Ada@three.example')).toBe('opted_out')
    const [change] = (await mine.read.contacts.timeline(id, { limit: 1 })).rows
    // Its history says what went with it.
    expect(change?.diff).toMatchObject({ silenced: { from: silenced.toReversed(), to: [] } })
    const marked = { optedOutAt: expect.any(String) as string, bouncedAt: expect.any(String) as string }
    // Typed in again there, with another contact, and as a new contact of who saves a form without marks.
    const again = await patch(mine, id, 3, { points: [email('stays@three.example'), email('ADA@three.example')] })
    expect(again.points).toMatchObject([{ value: 'ADA@three.example', ...marked }, { optedOutAt: null }])
    const other = await mine.write((db) =>
      db.contacts.create(contactInput({ points: [email('ada@three.example')], silenced: [] })),
    )
    expect(other.points).toMatchObject([marked])
    // Another company has its own word of it.
    expect((await create(theirs, [email('ada@three.example')])).points).toMatchObject([{ optedOutAt: null }])
    await mine.write((db) => db.contacts.remove({ id: other.id, version: 1 }))
    await patch(mine, id, 4, { points: [email('stays@three.example')] })
    await mine.write((db) => db.contacts.undo(id, change?.id ?? ''))
    expect((await mine.read.contacts.byId(id)).points[0]).toMatchObject(marked)
  })

  test('only a mark that somebody sees is lifted, for the address and with a line of history', async () => {
    const { mine } = placement()
    const mark = optedOut('ada@seven.example')
    await mine.write((db) => db.contacts.silence(mark))
    expect(await whyNot(mine, 'ada@seven.example')).toBe('opted_out')
    const inBin = await create(mine, [email('ada@seven.example')])
    await mine.write((db) => db.contacts.remove({ id: inBin.id, version: 1 }))
    const own = await mine.limited(ownOnly)
    const { id } = await create(own, [email('ada@seven.example')])
    await patch(own, id, 1, { points: [email('ada@seven.example'), email('new@seven.example')], silenced: [mark] })
    expect(await whyNot(mine, 'ada@seven.example')).toBe('opted_out')
    const lifted = await patch(own, id, 2, { silenced: [] })
    expect(lifted.points).toMatchObject([{ optedOutAt: null }, { optedOutAt: null }])
    const [line] = (await mine.read.contacts.timeline(id, { limit: 1 })).rows
    expect(line).toMatchObject({ action: 'changed', actorId: own.person.id })
    expect(await whyNot(mine, 'ada@seven.example')).toBeNull()
    expect((await mine.read.contacts.byId(inBin.id)).points).toMatchObject([{ optedOutAt: null }])
    // Undoing that is a word again.
    await mine.write((db) => db.contacts.undo(id, line?.id ?? ''))
    expect(await whyNot(mine, 'ada@seven.example')).toBe('opted_out')
  })

  test('a mark stays with the address through a merge, its undoing, and an erased contact; nothing but a hash is kept', async () => {
    const { mine } = placement()
    const [kept, merged] = [await create(mine, []), await create(mine, [email('ada@eight.example')])]
    await mine.write((db) => db.contacts.silence(optedOut('ada@eight.example')))
    const current = await mine.read.contacts.byId(merged.id)
    const one = await mine.write((db) => db.contacts.merge({ kept, merged: current, take: [] }))
    expect(one.points).toMatchObject([{ value: 'ada@eight.example', optedOutAt: expect.any(String) as string }])
    await mine.database.transaction((tx) =>
      tx.db.execute(sql`delete from crm.contact_points where contact_id = ${kept.id}`),
    )
    expect(await whyNot(mine, 'ada@eight.example')).toBe('opted_out')
    const rows = await mine.database.transaction((tx) =>
      tx.db.execute<{ row: string }>(sql`select s::text as row from crm.suppressed_addresses s`),
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ row }) => row.includes('example'))).toEqual([])
  })

  test('an address that the contact does not have, or one twice, is refused and nothing is written', async () => {
    const { mine } = placement()
    const contact = await create(mine, [email('ada@four.example')])
    for (const silenced of [
      [optedOut('nobody@four.example')],
      [optedOut('ada@four.example'), optedOut('ADA@four.example')],
    ])
      await expect(patch(mine, contact.id, 1, { silenced })).rejects.toMatchObject({
        code: 'RULE_VIOLATED',
        data: { field: 'silenced' },
      })
    expect(await mine.read.contacts.byId(contact.id)).toEqual(contact)
  })

  test('a word from outside holds for every contact with the address, and for no other company', async () => {
    const { mine, theirs } = placement()
    const points = [email('shared@five.example'), phone('+4930555000')]
    const [one, two] = [await create(mine, points), await create(mine, points)]
    const foreign = await create(theirs, points)
    const mark = optedOut('Shared@five.example')
    await mine.write((db) => db.contacts.silence(mark))
    // Said twice it is no second change.
    await mine.write((db) => db.contacts.silence(mark))
    for (const { id } of [one, two]) {
      expect(await mine.read.contacts.byId(id)).toMatchObject({
        version: 2,
        points: [
          { kind: 'email', optedOutAt: expect.any(String) as string },
          { kind: 'phone', optedOutAt: null },
        ],
      })
    }
    expect(await theirs.read.contacts.byId(foreign.id)).toEqual(foreign)
    expect(await whyNot(theirs, 'shared@five.example')).toBeNull()
    await mine.write((db) => db.contacts.welcome(mark))
    expect(await whyNot(mine, 'shared@five.example')).toBeNull()
  })

  test('what its reader has asked for holds also while the contact lies in the bin', async () => {
    const { mine } = placement()
    const { id } = await create(mine, [email('ada@six.example')])
    await patch(mine, id, 1, { silenced: [optedOut('ada@six.example')] })
    await mine.write((db) => db.contacts.remove({ id, version: 2 }))
    expect(await whyNot(mine, 'ada@six.example')).toBe('opted_out')
    await mine.write((db) => db.contacts.silence({ ...optedOut('ada@six.example'), reason: 'bounced' }))
    expect((await mine.read.contacts.byId(id)).version).toBe(3)
  })
})

function ownOnly(person: string) {
  return { see: { contact: [person] }, change: { contact: [person] } }
}

function email(value: string): ContactPointInput {
  return { kind: 'email', value, isPrimary: false }
}

function phone(value: string): ContactPointInput {
  return { kind: 'phone', value, isPrimary: false }
}

function optedOut(value: string): SilencedPoint {
  return { kind: 'email', value, reason: 'opted_out' }
}

function create(desk: Desk, points: ContactPointInput[]) {
  return desk.write((db) => db.contacts.create(contactInput({ points })))
}

function patch(
  desk: Desk,
  id: Awaited<ReturnType<typeof create>>['id'],
  version: number,
  given: { points?: ContactPointInput[]; silenced?: SilencedPoint[] },
) {
  return desk.write((db) => db.contacts.patch({ id, version, patch: given }))
}

function whyNot(desk: Desk, value: string) {
  return desk.read.contacts.whySilent({ kind: 'email', value })
}
