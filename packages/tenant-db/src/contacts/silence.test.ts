import type { ContactPointInput, SilencedPoint } from '@tenantry/contracts/contacts'
import { contactInput } from '@tenantry/testing/factories/contact'
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

  test('what is known of an address goes with it, and comes back with it', async () => {
    const { mine } = placement()
    const { id } = await create(mine, [email('ada@three.example'), email('stays@three.example')])
    await patch(mine, id, 1, { silenced: [optedOut('ada@three.example'), optedOut('stays@three.example')] })
    const without = await patch(mine, id, 2, { points: [email('stays@three.example')] })
    expect(without.points).toMatchObject([{ value: 'stays@three.example', optedOutAt: expect.any(String) as string }])
    expect(await whyNot(mine, 'ada@three.example')).toBeNull()
    const [change] = (await mine.read.contacts.timeline(id, { limit: 1 })).rows
    await mine.write((db) => db.contacts.undo(id, change?.id ?? ''))
    expect(await whyNot(mine, 'ada@three.example')).toBe('opted_out')
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
