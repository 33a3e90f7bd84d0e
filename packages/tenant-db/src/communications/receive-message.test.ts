import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { accountInput } from '@tenantry/testing/factories/account'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('a message that comes many times at once is written once, and is known even in the bin', async () => {
    const { mine } = placement()
    const id = v7()
    const written = await Promise.all([1, 2, 3, 4].map(() => receive(mine, id)))
    const [message, ...more] = written.filter((one) => one !== undefined)
    expect(more).toEqual([])
    expect(message).toMatchObject({ direction: 'inbound', status: 'received', channel: 'sms', bodyText: 'Hello' })
    const { id: messageId = '' } = message ?? {}
    await mine.write((db) => db.communications.remove({ id: messageId as never, version: 1 }))
    expect(await receive(mine, id)).toBeUndefined()
    expect(await receive(mine, id, 'mailgun')).toMatchObject({ status: 'received' })
  })

  test('the same id is another message to another tenant, and their mails are answered by nobody here', async () => {
    const { mine, theirs } = placement()
    const id = v7()
    expect(await receive(theirs, id)).toBeDefined()
    expect(await receive(mine, id)).toBeDefined()
    const mailId = v7()
    const account = await theirs.write((db) => db.accounts.create(accountInput()))
    const mail = await theirs.write((db) =>
      db.outbox.queue({
        id: mailId,
        recipient: 'ada@example.com',
        subject: 'A quote',
        bodyText: 'Here it is.',
        documentKind: null,
        documentId: null,
        linkKeyId: null,
        idempotencyKey: v7(),
        links: [{ entity: 'account', id: account.id }],
      }),
    )
    expect(await theirs.read.outbox.answeredBy([v7(), mailId])).toBe(mail.communicationId)
    expect(await mine.read.outbox.answeredBy([mailId])).toBeUndefined()
  })
})

function receive(desk: Desk, providerMessageId: string, provider = 'twilio') {
  const said = { channel: 'sms' as const, subject: null, bodyText: 'Hello', threadKey: null, links: [] }
  return desk.write((db) => db.communications.receive({ ...said, provider, providerMessageId }))
}
