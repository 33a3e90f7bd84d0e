import type { AccountId } from '@tenantry/contracts/ids'
import { accountInput } from '@tenantry/testing/factories/account'
import { communicationInput } from '@tenantry/testing/factories/communication'
import { invoiceInput, invoiceLine } from '@tenantry/testing/factories/invoice'
import { v7 } from 'uuid'
import { beforeEach, expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'
import type { WebhookListener } from './repository.ts'

const limits = { most: 100, attempts: 3 }
const refused = { statusCode: 500, durationMs: 12, error: null, answer: 'no' }

inEveryPlacement((placement) => {
  beforeEach(async () => {
    for (const desk of Object.values(pick(placement()))) {
      await desk.write((db) => db.webhooks.listen(true))
      await spread(desk, [])
    }
  })

  test('each change is told once to each endpoint that has chosen it, with the record and the fields and no value', async () => {
    const { mine } = placement()
    const [all, some, none] = [listener(null), listener(['account.created']), listener(['quote.accepted'])]
    const account = await mine.write((db) => db.accounts.create(accountInput({ name: 'Secret Byron Ltd.' })))
    await mine.write((db) => db.accounts.patch({ ...account, patch: { name: 'Secret Lovelace Ltd.' } }))
    expect(await spread(mine, [all, some, none])).toBe(2)
    expect(await spread(mine, [all, some, none])).toBe(0)
    expect(await eventsOf(mine, all)).toEqual(['account.changed', 'account.created'])
    expect(await eventsOf(mine, some)).toEqual(['account.created'])
    expect(await eventsOf(mine, none)).toEqual([])
    const [changed] = await messagesOf(mine, all)
    expect(changed?.body).not.toContain('Secret')
    expect(JSON.parse(changed?.body ?? '')).toEqual({
      type: 'account.changed',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      data: {
        kind: 'account',
        id: account.id,
        version: 2,
        fields: ['name'],
        actor: 'user',
        path: `/api/v1/accounts/${account.id}`,
      },
    })
  })

  test('a change that was taken back is told to nobody, and while nobody listens nothing is kept', async () => {
    const { mine } = placement()
    const failing = mine.write(async (db) => {
      await db.accounts.create(accountInput())
      throw new Error('taken back')
    })
    await expect(failing).rejects.toThrow('taken back')
    await mine.write((db) => db.webhooks.listen(false))
    await mine.write((db) => db.accounts.create(accountInput()))
    expect(await mine.read.webhooks.isListening()).toBe(false)
    expect(await spread(mine, [listener(null)])).toBe(0)
  })

  test('changes that a limited member makes are told too, and two that spread at once tell nothing twice', async () => {
    const { mine } = placement()
    const own = await mine.limited((person) => ({ see: { account: [person] }, change: { account: [person] } }))
    for (let count = 0; count < 10; count++) await own.write((db) => db.accounts.create(accountInput()))
    const all = listener(null)
    const counts = await Promise.all([1, 2, 3, 4].map(() => spread(mine, [all])))
    expect(counts.reduce((sum, count) => sum + count)).toBe(10)
    expect(await eventsOf(mine, all)).toEqual(Array.from({ length: 10 }, () => 'account.created'))
  })

  test('a message is in one hand at a time, comes back when that hand is lost, and keeps its id and its text', async () => {
    const { mine } = placement()
    const all = listener(null)
    await mine.write((db) => db.accounts.create(accountInput()))
    await spread(mine, [all])
    const first = await claim(mine, all, 1)
    expect(first).toMatchObject({ event: 'account.created', attempts: 1, lastAttempt: 3 })
    expect(await claim(mine, all, 1)).toBeUndefined()
    await expect.poll(() => claim(mine, all, 60), { timeout: 5_000 }).toMatchObject({ ...first, attempts: 2 })
    expect((await mine.read.webhooks.secondsToNext([all.id])).get(all.id)).toBeGreaterThan(50)
  })

  test('a delivered message is over, a late word changes nothing, and sent again it is the same message', async () => {
    const { mine } = placement()
    const all = listener(null)
    await mine.write((db) => db.accounts.create(accountInput()))
    await spread(mine, [all])
    const message = await claim(mine, all, 60)
    const id = message?.id ?? ''
    const yes = { number: 1, statusCode: 204, durationMs: 5, error: null, answer: null }
    await mine.write((db) => db.webhooks.settle(id, { status: 'delivered', delaySeconds: 0, attempt: yes }))
    const late = { status: 'failed', delaySeconds: 0, attempt: { ...refused, number: 2 } } as const
    await mine.write((db) => db.webhooks.settle(id, late))
    const shown = (await messagesOf(mine, all))[0]
    expect(shown).toMatchObject({ id, status: 'delivered', nextAttemptAt: null })
    expect(shown?.attempts.map(({ number, statusCode }) => [number, statusCode])).toEqual([
      [2, 500],
      [1, 204],
    ])
    expect((await mine.read.webhooks.secondsToNext([all.id])).size).toBe(0)
    await mine.write((db) => db.webhooks.sendAgain(id, { attempts: 3 }))
    expect(await claim(mine, all, 60)).toEqual({ ...message, attempts: 2, lastAttempt: 4 })
  })

  test('deliveries are shown in pages, the newest first, and old ones go with their attempts', async () => {
    const { mine } = placement()
    const { id } = listener(null)
    const sent: string[] = []
    for (let count = 0; count < 5; count++)
      sent.push((await mine.write((db) => db.webhooks.queueTest(id, { attempts: 3 }))).id)
    const first = await mine.read.webhooks.deliveries({ id: id as never, limit: 3 })
    const second = await mine.read.webhooks.deliveries({ id: id as never, limit: 3, cursor: first.nextCursor })
    expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(sent.toReversed())
    expect(second.nextCursor).toBeNull()
    const failed = { id: id as never, status: 'failed', limit: 3 } as const
    expect((await mine.read.webhooks.deliveries(failed)).rows).toEqual([])
    await claim(mine, { id, events: null }, 60)
    await mine.write((db) =>
      db.webhooks.settle(sent[0] ?? '', { status: 'waiting', delaySeconds: 9, attempt: { ...refused, number: 1 } }),
    )
    expect(await mine.write((db) => db.webhooks.forgetOld({ days: 0, most: 100 }))).toBeGreaterThanOrEqual(5)
    expect((await mine.read.webhooks.deliveries({ id: id as never, limit: 3 })).rows).toEqual([])
  })

  test('nothing of another tenant is heard, taken in hand, shown, sent again, settled or forgotten', async () => {
    const { mine, theirs } = placement()
    const all = listener(null)
    await theirs.write((db) => db.accounts.create(accountInput()))
    expect(await spread(mine, [all])).toBe(0)
    await mine.write((db) => db.webhooks.listen(false))
    expect(await theirs.read.webhooks.isListening()).toBe(true)
    expect(await spread(theirs, [all])).toBe(1)
    const [message] = await messagesOf(theirs, all)
    const id = message?.id ?? ''
    expect(await messagesOf(mine, all)).toEqual([])
    expect(await claim(mine, all, 60)).toBeUndefined()
    await expect(mine.write((db) => db.webhooks.sendAgain(id, { attempts: 3 }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const settled = { status: 'failed', delaySeconds: 0, attempt: { ...refused, number: 1 } } as const
    // The attempt would be one of a message that this tenant does not have.
    await expect(mine.write((db) => db.webhooks.settle(id, settled))).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    await mine.write((db) => db.webhooks.forgetOld({ days: 0, most: 100 }))
    expect(await messagesOf(theirs, all)).toMatchObject([{ id, status: 'waiting', attempts: [] }])
  })

  test('what comes in, is won, sold or paid has a name of its own', async () => {
    const { mine } = placement()
    const all = listener(null)
    const account = await mine.write((db) => db.accounts.create(accountInput()))
    await mine.write((db) => db.communications.create(communicationInput()))
    await mine.write(async (db) => {
      const paid = await db.payments.record(payment(account.id, 'pending'))
      await db.payments.settle({ id: paid.id, status: 'succeeded', providerRef: 'p' })
      const free = await db.payments.record(payment(account.id, 'succeeded'))
      const lines = [invoiceLine({ unitPriceMinor: 2_000 })]
      const draft = await db.invoices.create(invoiceInput({ accountId: account.id, currency: 'EUR', lines }))
      const { id: invoiceId } = await db.invoices.issue(draft)
      for (const { id: paymentId } of [free, paid])
        await db.payments.allocate({ paymentId, allocations: [{ invoiceId, amountMinor: 1_000 }] })
    })
    await spread(mine, [all])
    expect((await eventsOf(mine, all)).toReversed()).toEqual([
      'account.created',
      'communication.received',
      'payment.started',
      'payment.recorded',
      'payment.recorded',
      'invoice.created',
      'invoice.issued',
      'invoice.changed',
      'invoice.paid',
    ])
  })
})

function pick({ mine, theirs }: { mine: Desk; theirs: Desk }) {
  return { mine, theirs }
}

function listener(events: WebhookListener['events']): WebhookListener {
  return { id: v7(), events }
}

function spread(desk: Desk, listeners: WebhookListener[]): Promise<number> {
  return desk.write((db) => db.webhooks.spread(listeners, limits))
}

function claim(desk: Desk, { id }: WebhookListener, leaseSeconds: number) {
  return desk.write((db) => db.webhooks.claim(id, { leaseSeconds }))
}

async function messagesOf(desk: Desk, { id }: WebhookListener) {
  return (await desk.read.webhooks.deliveries({ id: id as never, limit: 100 })).rows
}

async function eventsOf(desk: Desk, of: WebhookListener) {
  return (await messagesOf(desk, of)).map(({ event }) => event)
}

function payment(accountId: AccountId, status: 'pending' | 'succeeded') {
  return {
    accountId,
    currency: 'EUR',
    amountMinor: 1_000,
    method: 'card' as const,
    idempotencyKey: v7(),
    allocations: [],
    status,
  }
}
