import { AttachmentListQuery } from '@tenantry/contracts/attachments'
import type { LimitedKind } from '@tenantry/contracts/record-access'
import { attachmentInput } from '@tenantry/testing/factories/attachment'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

function receive(desk: Desk) {
  return desk.write(async (db) => {
    const said = { channel: 'email', subject: 'Plans', bodyText: 'Here they are.', threadKey: null, links: [] } as const
    const message = await db.communications.receive({ ...said, provider: 'standard', providerMessageId: v7() })
    if (message === undefined) throw new Error('a message of a new id is new')
    const file = await db.attachments.create(attachmentInput({ fileName: 'plan.pdf', communicationId: message.id }))
    return { message, file }
  })
}

const query = (asked: object) => AttachmentListQuery.parse(asked)
const outcome = (asking: Promise<unknown>) =>
  asking.then(
    () => 'ok',
    (error: { code?: string }) => error.code,
  )

inEveryPlacement((placement) => {
  test('a file of a message is read by whoever reads the message and by nobody else, whatever limits other files', async () => {
    const { mine } = placement()
    const { message, file } = await receive(mine)
    const limited = (see: Partial<Record<LimitedKind, 'own' | 'team'>>) =>
      mine.limited((person) => {
        const people = { own: [person], team: [person, mine.person.id] }
        const seen = Object.fromEntries(Object.entries(see).map(([kind, scope]) => [kind, people[scope]]))
        return { see: seen, change: seen }
      })
    const cases = [
      [await limited({}), true],
      [await limited({ attachment: 'own' }), true],
      [await limited({ attachment: 'own', communication: 'team' }), true],
      [await limited({ communication: 'own' }), false],
      [await limited({ attachment: 'team', communication: 'own' }), false],
    ] as const
    for (const [desk, isSeen] of cases) {
      const { attachments, communications } = desk.read
      const expected = isSeen ? 'ok' : 'NOT_FOUND'
      expect(await outcome(communications.byId(message.id))).toBe(expected)
      expect(await outcome(attachments.byId(file.id))).toBe(expected)
      expect(await outcome(attachments.placeOf(file.id))).toBe(expected)
      for (const asked of [{ filters: { communicationId: message.id } }, { search: 'plan' }, {}]) {
        const { rows } = await attachments.list(query(asked))
        expect(rows.some(({ id }) => id === file.id)).toBe(isSeen)
      }
      const { count } = await attachments.count(query({ filters: { communicationId: message.id } }))
      expect(count).toBe(isSeen ? 1 : 0)
    }
  })

  test('another tenant finds the file neither by itself nor by its message, and hangs none of theirs on that', async () => {
    const { mine, theirs } = placement()
    const { message, file } = await receive(theirs)
    expect(file.communicationId).toBe(message.id)
    expect(await outcome(mine.read.attachments.byId(file.id))).toBe('NOT_FOUND')
    const { rows } = await mine.read.attachments.list(query({ filters: { communicationId: message.id } }))
    expect(rows).toEqual([])
    const hung = mine.write((db) => db.attachments.create(attachmentInput({ communicationId: message.id })))
    await expect(hung).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'communicationId' } })
  })
})
