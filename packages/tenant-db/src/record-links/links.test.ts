import { NoteListQuery } from '@tenantry/contracts/notes'
import { accountInput } from '@tenantry/testing/factories/account'
import { contactInput } from '@tenantry/testing/factories/contact'
import { noteInput } from '@tenantry/testing/factories/note'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('a note names what it is about, and is found by it', async () => {
    const { mine } = placement()
    const [account, contact] = await twoRecords(mine)
    const links = [
      { entity: 'contact' as const, id: contact.id },
      { entity: 'account' as const, id: account.id },
    ]
    const note = await mine.write((db) => db.notes.create(noteInput({ links })))
    expect(note).toMatchObject({
      authorName: mine.person.name,
      links: [
        { entity: 'account', id: account.id, name: 'Lumen' },
        { entity: 'contact', id: contact.id, name: 'Ada Byron' },
      ],
    })
    for (const about of links) {
      const query = NoteListQuery.parse({ filters: { about } })
      expect((await mine.read.notes.list(query)).rows).toEqual([note])
      expect(await mine.read.notes.count(query)).toEqual({ count: 1, capped: false })
    }
  })

  test('links are replaced as a whole, and an undo brings the old ones back', async () => {
    const { mine } = placement()
    const [account, contact] = await twoRecords(mine)
    const first = [{ entity: 'account' as const, id: account.id }]
    const { id } = await mine.write((db) => db.notes.create(noteInput({ links: first })))
    const links = [{ entity: 'contact' as const, id: contact.id }]
    const patched = await mine.write((db) => db.notes.patch({ id, version: 1, patch: { links } }))
    expect(patched.links).toMatchObject(links)
    const [change] = (await mine.read.notes.timeline(id, { limit: 1 })).rows
    expect(change).toMatchObject({ diff: { links: { from: first, to: links } } })
    expect((await mine.write((db) => db.notes.undo(id, change?.id ?? ''))).links).toMatchObject(first)
  })

  test('the same links in another order are no change', async () => {
    const { mine } = placement()
    const [account, contact] = await twoRecords(mine)
    const links = [
      { entity: 'contact' as const, id: contact.id },
      { entity: 'account' as const, id: account.id },
    ]
    const note = await mine.write((db) => db.notes.create(noteInput({ links })))
    expect(
      await mine.write((db) => db.notes.patch({ id: note.id, version: 1, patch: { links: links.toReversed() } })),
    ).toEqual(note)
  })

  test('a record that is listed twice is refused', async () => {
    const { mine } = placement()
    const [account] = await twoRecords(mine)
    const link = { entity: 'account' as const, id: account.id }
    const twice = mine.write((db) => db.notes.create(noteInput({ links: [link, link] })))
    await expect(twice).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'links' } })
  })

  test('nothing is taken along from a record of another tenant, nor to one', async () => {
    const { mine, theirs } = placement()
    const [[account], [foreign]] = [await twoRecords(mine), await twoRecords(theirs)]
    const note = (desk: Desk, { id }: { id: string }) =>
      desk.write((db) => db.notes.create(noteInput({ links: [{ entity: 'account', id }] })))
    const [own, other] = [await note(mine, account), await note(theirs, foreign)]
    const takeAlong = (from: { id: string }, to: { id: string }) =>
      mine.write((db) =>
        db.recordLinks.takeAlong({ entity: 'account', id: from.id }, [{ entity: 'account', id: to.id }]),
      )
    await takeAlong(foreign, account)
    await expect(takeAlong(account, foreign)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    expect(await mine.read.notes.byId(own.id)).toEqual(own)
    expect(await theirs.read.notes.byId(other.id)).toEqual(other)
  })
})

function twoRecords(desk: Desk) {
  return desk.write(
    async (db) =>
      [
        await db.accounts.create(accountInput({ name: 'Lumen' })),
        await db.contacts.create(contactInput({ firstName: 'Ada', lastName: 'Byron' })),
      ] as const,
  )
}
