import { accountInput } from '@tenantry/testing/factories/account'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('a mail and its message are written together, and what becomes of the mail shows on both', async () => {
    const { mine } = placement()
    const { mail, account } = await queue(mine)
    expect(mail).toMatchObject({ status: 'queued', attempts: 0, to: 'ada@example.com', sentAt: null })
    const message = await mine.read.communications.byId(mail.communicationId)
    expect(message).toMatchObject({ status: 'queued', channel: 'email', direction: 'outbound', subject: 'A quote' })
    expect(message.links).toMatchObject([{ entity: 'account', id: account.id }])

    const claimed = await mine.write((db) => db.outbox.claim(mail.id))
    expect(claimed).toMatchObject({ id: mail.id, recipient: 'ada@example.com', attempts: 1 })
    await mine.write((db) => db.outbox.settle(mail.id, { status: 'queued', error: 'ECONNREFUSED' }))
    await mine.write((db) => db.outbox.claim(mail.id))
    await mine.write((db) => db.outbox.settle(mail.id, { status: 'sent', error: null }))
    const [shown] = await mine.read.outbox.ofCommunication(mail.communicationId)
    expect(shown).toMatchObject({ status: 'sent', attempts: 2, lastError: null, sentAt: expect.any(String) as string })
    const { rows } = await mine.read.communications.timeline(mail.communicationId, { limit: 10 })
    expect(rows.map(({ action }) => action)).toEqual(['changed', 'created'])
  })

  test('a mail that has left is taken in hand by nobody, and a late word about it changes nothing', async () => {
    const { mine } = placement()
    const { mail } = await queue(mine)
    // One that waits is not over, however it was missed.
    expect(await mine.write((db) => db.outbox.isOver(mail.id))).toBe(false)
    await mine.write((db) => db.outbox.settle(mail.id, { status: 'sent', error: null }))
    expect(await mine.write((db) => db.outbox.claim(mail.id))).toBeUndefined()
    await mine.write((db) => db.outbox.settle(mail.id, { status: 'failed', error: 'FAILED' }))
    expect(await mine.read.outbox.ofCommunication(mail.communicationId)).toMatchObject([{ status: 'sent' }])
    expect(await mine.write((db) => db.outbox.isOver(mail.id))).toBe(true)
    expect(await mine.write((db) => db.outbox.isOver(v7()))).toBe(false)
  })

  test('the same key is the same mail, and a second one under it is refused', async () => {
    const { mine } = placement()
    const { mail, key } = await queue(mine)
    expect(await mine.write((db) => db.outbox.findByKey(key))).toMatchObject({ id: mail.id })
    await expect(queue(mine, key)).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  test('the mail of another tenant is found, claimed and settled by nobody', async () => {
    const { mine, theirs } = placement()
    const { mail, key } = await queue(theirs)
    const { mail: gone } = await queue(theirs)
    await theirs.write((db) => db.outbox.settle(gone.id, { status: 'sent', error: null }))
    expect(await mine.read.outbox.ofCommunication(mail.communicationId)).toEqual([])
    await mine.write(async (db) => {
      expect(await db.outbox.claim(mail.id)).toBeUndefined()
      expect(await db.outbox.isOver(gone.id)).toBe(false)
      expect(await db.outbox.findByKey(key)).toBeUndefined()
      await db.outbox.settle(mail.id, { status: 'failed', error: 'FAILED' })
    })
    expect(await theirs.read.outbox.ofCommunication(mail.communicationId)).toMatchObject([{ status: 'queued' }])
    // The same key is another mail to somebody else.
    expect((await queue(mine, key)).mail.status).toBe('queued')
  })
})

function queue(desk: Desk, key: string = v7()) {
  return desk.write(async (db) => {
    const account = await db.accounts.create(accountInput())
    const mail = await db.outbox.queue({
      id: v7(),
      recipient: 'ada@example.com',
      subject: 'A quote',
      bodyText: 'Here it is.',
      documentKind: null,
      documentId: null,
      linkKeyId: null,
      idempotencyKey: key,
      links: [{ entity: 'account', id: account.id }],
    })
    return { mail, account, key }
  })
}
