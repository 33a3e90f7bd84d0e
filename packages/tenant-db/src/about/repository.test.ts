import { AboutQuery, type AboutEntry } from '@tenantry/contracts/about'
import { LimitedKind } from '@tenantry/contracts/record-access'
import type { LinkedEntity } from '@tenantry/contracts/record-links'
import { BookingInput } from '@tenantry/contracts/resources'
import { accountInput } from '@tenantry/testing/factories/account'
import { communicationInput } from '@tenantry/testing/factories/communication'
import { contactInput } from '@tenantry/testing/factories/contact'
import { contractInput } from '@tenantry/testing/factories/contract'
import { eventInput } from '@tenantry/testing/factories/event'
import { eventDateInput } from '@tenantry/testing/factories/event-date'
import { invoiceInput } from '@tenantry/testing/factories/invoice'
import { noteInput } from '@tenantry/testing/factories/note'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { paymentInput } from '@tenantry/testing/factories/payment'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { quoteInput } from '@tenantry/testing/factories/quote'
import { resourceInput } from '@tenantry/testing/factories/resource'
import { taskInput } from '@tenantry/testing/factories/task'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { stageOf } from '../opportunities/cards.fixture.ts'
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
    const some = await mine.read.about.timeline({ ...query, kinds: ['note', 'change'] })
    expect(some.rows).toEqual(rows.filter(({ kind }) => kind === 'note' || kind === 'change'))
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

  test('the key steps of what belongs to a record stand in its stream, and of what they belong to in theirs', async () => {
    const { mine, theirs } = placement()
    const sold = await soldBy(mine)
    const steps = async (entity: LinkedEntity, id: string, desk = mine) => {
      const { rows } = await desk.read.about.timeline(AboutQuery.parse({ entity, id, limit: 100 }))
      return rows.flatMap(({ of, heading, state }) => (of ? [[of.name, heading, state].filter(Boolean).join(' ')] : []))
    }
    const { quote, contract, invoice } = sold
    const ofQuote = [`${quote.number} accepted`, `${quote.number} sent`]
    const ofInvoice = [`${invoice.number} paid`, `${invoice.number} issued`]
    const ofContract = [`${contract.number} completed`, `${contract.number} sent`]
    const ofEvent = ['Gala changed confirmed', 'Gala created']
    expect(await steps('opportunity', sold.opportunity.id)).toEqual([
      ...ofInvoice,
      ...ofContract,
      ...ofEvent,
      ...ofQuote,
    ])
    expect(await steps('account', sold.accountId)).toEqual([
      ...ofInvoice,
      ...ofContract,
      'Sold moved open',
      'Sold moved won',
      ...ofEvent,
      ...ofQuote,
      'Sold created',
    ])
    expect(await steps('event', sold.event.id)).toEqual([
      ...ofInvoice,
      ...ofContract,
      'Sold moved open',
      'Sold moved won',
      'Evening booked',
      'Sold created',
    ])
    expect(await steps('contract', contract.id)).toEqual([...ofInvoice, ...ofQuote])
    expect(await steps('invoice', invoice.id)).toEqual([...ofContract, ...ofQuote])
    expect((await steps('quote', quote.id)).slice(0, 4)).toEqual([...ofInvoice, ...ofContract])
    expect(await steps('contact', sold.contactId)).toEqual(expect.arrayContaining([...ofQuote, ...ofEvent]))
    // Nothing of it is somebody else's, and a colleague who sees the company alone hears of nothing that belongs to it.
    expect(await steps('account', sold.accountId, theirs)).toEqual([])
    const clerk = await mine.limited((person) => {
      const limited = LimitedKind.options.filter((kind) => kind !== 'account')
      const own = Object.fromEntries(limited.map((kind) => [kind, [person]]))
      return { see: own, change: own }
    })
    expect(
      (await clerk.read.about.timeline(AboutQuery.parse({ entity: 'account', id: sold.accountId }))).rows,
    ).toHaveLength(1)
    expect(await steps('account', sold.accountId, clerk)).toEqual([])
  })

  test('a source that has plenty neither hides the others nor is lost: every page goes on where the last one ended', async () => {
    const { mine } = placement()
    const { accountId, opportunity } = await soldBy(mine)
    await mine.database.transaction((tx) =>
      tx.db.execute(sql`
        with i as (
          insert into crm.invoices (account_id, currency, number) select ${accountId}, 'EUR', 'many ' || n
          from generate_series(1, 300) n returning id)
        insert into crm.record_changes (entity, entity_id, action, diff, at)
        select 'invoice', id, action, '{}', now() from i, unnest(array['issued', 'paid', 'changed', 'viewed']) action`),
    )
    await mine.write((db) =>
      db.notes.create(noteInput({ title: 'Last', links: [{ entity: 'account', id: accountId }] })),
    )
    const ids: string[] = []
    let cursor: string | null = null
    let first: AboutEntry[] | undefined
    do {
      const page = await mine.read.about.timeline(
        AboutQuery.parse({ entity: 'account', id: accountId, limit: 90, cursor }),
      )
      first ??= page.rows
      ids.push(...page.rows.map(({ kind, id }) => `${kind} ${id}`))
      cursor = page.nextCursor
    } while (cursor !== null)
    // Of 300 invoices two steps each; the account, the note, and what was sold.
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBe(600 + 1 + 1 + 11)
    expect(first[0]).toMatchObject({ kind: 'note', heading: 'Last' })
    // In the stream of the opportunity they are not.
    const other = AboutQuery.parse({ entity: 'opportunity', id: opportunity.id })
    expect((await mine.read.about.timeline(other)).rows.length).toBeLessThan(20)
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

/** An opportunity that was won, with all that follows, each step in a transaction of its own; it is taken up again later. */
async function soldBy(desk: Desk) {
  const pipeline = await desk.write((db) => db.pipelines.create(pipelineInput()))
  const { id: accountId } = await desk.write((db) => db.accounts.create(accountInput()))
  const { id: contactId } = await desk.write((db) => db.contacts.create(contactInput()))
  const stageId = stageOf(pipeline, 'Inquiry')
  const card = { name: 'Sold', accountId, contactId, pipelineId: pipeline.id, stageId }
  const opportunity = await desk.write((db) => db.opportunities.create(opportunityInput(card)))
  const { id: opportunityId } = opportunity
  const draft = await desk.write((db) => db.quotes.create(quoteInput({ accountId, opportunityId })))
  await desk.write((db) => db.quotes.send(draft))
  const { quote } = await desk.write(async (db) => ({ quote: await db.quotes.accept({ id: draft.id, name: 'Ada' }) }))
  const prospect = await desk.write((db) =>
    db.events.create(eventInput({ title: 'Gala', accountId, contactId, opportunityId })),
  )
  const date = await desk.write((db) =>
    db.eventDates.create(eventDateInput({ eventId: prospect.id, label: 'Evening' })),
  )
  const resource = await desk.write((db) => db.resources.create(resourceInput()))
  await desk.write((db) =>
    db.bookings.book(BookingInput.parse({ resourceId: resource.id, eventDateId: date.id, state: 'confirmed' })),
  )
  const { id: eventId } = prospect
  const event = await desk.write((db) =>
    db.events.setStatus({ id: eventId, version: prospect.version, status: 'confirmed' }),
  )
  const won = await desk.write((db) => db.opportunities.move({ ...opportunity, stageId: stageOf(pipeline, 'Won') }))
  await desk.write((db) => db.opportunities.move({ ...won, stageId }))
  const contract = await desk.write((db) =>
    db.contracts.create({ ...contractInput({ accountId, quoteId: quote.id }), eventId }),
  )
  const sent = await desk.write((db) => db.contracts.send(contract))
  const [signer] = sent.signers
  const signature = { kind: 'typed' as const, value: 'Ada', consent: 'I sign' }
  const { id, bodySha256 } = sent
  await desk.write((db) =>
    db.contracts.sign({ id, signerId: signer?.id ?? '', signature, bodySha256, ip: null, userAgent: null }),
  )
  const invoice = await desk.write(async (db) =>
    db.invoices.issue(await db.invoices.create(invoiceInput({ accountId }), { quoteId: quote.id, eventId })),
  )
  const allocations = [{ invoiceId: invoice.id, amountMinor: invoice.totalMinor }]
  await desk.write((db) =>
    db.payments.record(paymentInput({ accountId, amountMinor: invoice.totalMinor, allocations })),
  )
  return { accountId, contactId, opportunity, quote, event, contract, invoice }
}
