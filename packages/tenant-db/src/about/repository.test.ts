import { AboutQuery } from '@tenantry/contracts/about'
import { accountInput } from '@tenantry/testing/factories/account'
import { communicationInput } from '@tenantry/testing/factories/communication'
import { noteInput } from '@tenantry/testing/factories/note'
import { taskInput } from '@tenantry/testing/factories/task'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('everything about a record is one stream, newest first, page by page', async () => {
    const { mine } = placement()
    const id = await talkedAbout(mine)
    const query = AboutQuery.parse({ entity: 'account', id })
    const { rows, nextCursor } = await mine.read.about.timeline(query)
    expect(nextCursor).toBeNull()
    expect(rows.map(({ kind, heading }) => `${kind} ${heading}`)).toEqual([
      'communication In the future',
      'task Call',
      'note Colours',
      'change changed',
      'change created',
    ])
    expect(rows[2]).toMatchObject({ excerpt: 'Gold and white', actorName: mine.person.name })
    const paged = []
    let cursor: string | null = null
    do {
      const page = await mine.read.about.timeline({ ...query, limit: 2, cursor })
      paged.push(...page.rows)
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(paged).toEqual(rows)
  })

  test('what is in the bin is not shown, and nothing of another tenant is', async () => {
    const { mine, theirs } = placement()
    const id = await talkedAbout(mine)
    const query = AboutQuery.parse({ entity: 'account', id })
    const [message] = (await mine.read.about.timeline(query)).rows
    await mine.write((db) => db.communications.remove({ id: message?.id as never, version: 1 }))
    expect((await mine.read.about.timeline(query)).rows.map(({ kind }) => kind)).not.toContain('communication')
    expect(await theirs.read.about.timeline(query)).toEqual({ rows: [], nextCursor: null })
    expect(await mine.read.about.timeline({ ...query, entity: 'contact' })).toEqual({ rows: [], nextCursor: null })
  })

  test('a cursor of something else is refused', async () => {
    const { mine } = placement()
    for (const cursor of ['', 'bm90IGpzb24', Buffer.from('["about","soon",""]').toString('base64url')]) {
      const query = AboutQuery.parse({ entity: 'account', id: mine.person.id, cursor })
      await expect(mine.read.about.timeline(query)).rejects.toMatchObject({ code: 'BAD_INPUT' })
    }
  })
})

/** An account with a change, a note, a task and a message. */
async function talkedAbout(desk: Desk): Promise<string> {
  const { id } = await desk.write((db) => db.accounts.create(accountInput()))
  const links = [{ entity: 'account' as const, id }]
  await desk.write((db) => db.accounts.patch({ id, version: 1, patch: { industry: 'Music' } }))
  await desk.write((db) => db.notes.create(noteInput({ title: 'Colours', bodyMarkdown: 'Gold and white', links })))
  await desk.write((db) => db.tasks.create(taskInput({ title: 'Call', links })))
  await desk.write((db) =>
    db.communications.create(
      communicationInput({ subject: 'In the future', occurredAt: '2099-01-01T00:00:00Z', links }),
    ),
  )
  return id
}
