import { attachmentInput } from '@tenantry/testing/factories/attachment'
import { accountInput } from '@tenantry/testing/factories/account'
import { leadInput } from '@tenantry/testing/factories/lead'
import { AttachmentListQuery } from '@tenantry/contracts/attachments'
import { expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('a file says what its bytes are and who brought it, and its record can change only what is said about it', async () => {
    const { mine } = placement()
    const created = await mine.write((db) =>
      db.attachments.create(
        attachmentInput({ fileName: 'hall.jpg', mediaType: 'image/jpeg', width: 800, height: 600 }),
      ),
    )
    expect(created).toMatchObject({ state: 'ready', uploadedByName: mine.person.name, byteSize: 12, width: 800 })
    const patch = { fileName: 'the hall.jpg', category: 'Plans' }
    const patched = await mine.write((db) => db.attachments.patch({ id: created.id, version: 1, patch }))
    expect(patched).toMatchObject({ ...patch, mediaType: 'image/jpeg', width: 800, height: 600, state: 'ready' })
  })

  test('where the bytes lie is in no row, no list and no timeline', async () => {
    const { mine } = placement()
    const input = attachmentInput({ fileName: 'secret.txt' })
    const row = await mine.write((db) => db.attachments.create(input))
    const list = await mine.read.attachments.list(AttachmentListQuery.parse({ search: 'secret' }))
    const timeline = await mine.read.attachments.timeline(row.id, { limit: 10 })
    expect(list.rows).toEqual([row])
    expect(JSON.stringify([row, list, timeline])).not.toContain(input.storageKey)
    expect(await mine.read.attachments.placeOf(row.id)).toMatchObject({ storageKey: input.storageKey, byteSize: 12 })
  })

  test('another tenant learns neither of the file nor of its place', async () => {
    const { mine, theirs } = placement()
    const row = await theirs.write((db) => db.attachments.create(attachmentInput()))
    await expect(mine.read.attachments.placeOf(row.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const places = await mine.read.attachments.places({ after: undefined, limit: 1000 })
    expect(places.map(({ id }) => id)).not.toContain(row.id)
  })

  test('every file is named once by the pages of places, those in the bin too', async () => {
    const { mine } = placement()
    const rows = await mine.write(
      async (db) =>
        [
          await db.attachments.create(attachmentInput()),
          await db.attachments.create(attachmentInput()),
          await db.attachments.create(attachmentInput()),
        ] as const,
    )
    await mine.write((db) => db.attachments.remove({ id: rows[1].id, version: 1 }))
    const named: string[] = []
    let page = await mine.read.attachments.places({ after: undefined, limit: 2 })
    while (page.length > 0) {
      named.push(...page.map(({ id }) => id))
      page = await mine.read.attachments.places({ after: page.at(-1)?.id, limit: 2 })
    }
    expect(new Set(named).size).toBe(named.length)
    expect(named).toEqual(expect.arrayContaining(rows.map(({ id }) => id)))
  })

  test('a file that moves along with what it is about remembers it', async () => {
    const { mine } = placement()
    const [lead, account] = await mine.write(async (db) => [
      await db.leads.create(leadInput()),
      await db.accounts.create(accountInput()),
    ])
    const file = await mine.write((db) =>
      db.attachments.create(attachmentInput({ links: [{ entity: 'lead', id: lead.id }] })),
    )
    await mine.write((db) =>
      db.recordLinks.takeAlong({ entity: 'lead', id: lead.id }, [{ entity: 'account', id: account.id }]),
    )
    const { links } = await mine.read.attachments.byId(file.id)
    expect(links.map(({ entity }) => entity)).toEqual(['account', 'lead'])
    const { rows } = await mine.read.attachments.timeline(file.id, { limit: 1 })
    expect(rows).toMatchObject([{ action: 'changed', diff: { links: {} } }])
  })
})
