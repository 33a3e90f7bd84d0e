import type { BookingId, QuoteLineId } from '@tenantry/contracts/ids'
import type { Quote } from '@tenantry/contracts/quotes'
import { BookingInput } from '@tenantry/contracts/resources'
import { quoteInput, quoteLine } from '@tenantry/testing/factories/quote'
import { expect, test } from 'vitest'
import { agreed, book, forEveryCompany, offer, resource, send, type Desk } from '../companies.fixture.ts'
import { signContract } from '../contracts/sign-contract.ts'
import { acceptQuote } from './accept-quote.ts'

forEveryCompany((desks) => {
  test('an accepted quote wins its opportunity, confirms its event with every hold, and issues the contract', async () => {
    const { mine } = desks()
    const { quote, opportunityId, contact, dateId } = await offer(mine)
    const booth = await resource(mine)
    await book(mine, [booth, dateId], { rank: 1 })
    const { quote: accepted, contract } = await mine.write((db) =>
      acceptQuote(db, { id: quote.id, version: quote.version, name: 'Ada Byron' }),
    )
    expect(accepted).toMatchObject({ status: 'accepted', acceptedName: 'Ada Byron', eventId: expect.any(String) })
    await mine.write(async (db) => {
      expect(await db.opportunities.byId(opportunityId as never)).toMatchObject({ outcome: 'won', probability: 100 })
      const { rows } = await db.opportunities.timeline(opportunityId as never, { limit: 1 })
      expect(rows[0]).toMatchObject({ action: 'moved' })
    })
    expect(
      await mine.look(
        `select status, opportunity_id, first_starts_at::text from crm.events where tenant_id = $1 and id = $2`,
        accepted.eventId,
      ),
    ).toEqual([
      {
        status: 'confirmed',
        opportunity_id: opportunityId,
        first_starts_at: expect.stringMatching(/^2027-06-12 16:00/),
      },
    ])
    expect(
      await mine.look(`select event_id, opportunity_id from crm.event_dates where tenant_id = $1 and id = $2`, dateId),
    ).toEqual([{ event_id: accepted.eventId, opportunity_id: null }])
    expect(
      await mine.look(
        `select state, hold_rank from crm.resource_bookings where tenant_id = $1 and event_date_id = $2`,
        dateId,
      ),
    ).toEqual([{ state: 'confirmed', hold_rank: null }])
    expect(contract).toMatchObject({
      status: 'sent',
      quoteId: quote.id,
      eventId: accepted.eventId,
      signers: [{ name: contact.displayName, email: contact.points.find(({ kind }) => kind === 'email')?.value }],
    })
    expect(contract.bodyHtml).toContain('12 June 2027, 18:00 – 23:00, Central European Time')
  })

  test('of two quotes that are accepted at once one is, and there is one event and one contract', async () => {
    const { mine } = desks()
    const { quote, opportunityId } = await offer(mine)
    const other = await mine.write((db) => send(db, quoteInput({ accountId: quote.accountId, opportunityId })))
    const attempts = await Promise.allSettled(
      [quote, other, quote, other].map(({ id }) => mine.write((db) => acceptQuote(db, { id, name: 'Ada' }))),
    )
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refusals = attempts.filter((attempt) => attempt.status === 'rejected')
    for (const refusal of refusals) expect(refusal).toMatchObject({ reason: { code: 'RULE_VIOLATED' } })
    const counts = await mine.look(
      `select (select count(*)::int from crm.events where tenant_id = $1 and opportunity_id = $2) as events,
        (select count(*)::int from crm.contracts c join crm.quotes q on q.id = c.quote_id where q.opportunity_id = $2) as contracts`,
      opportunityId,
    )
    expect(counts).toEqual([{ events: 1, contracts: 1 }])
  })

  test('quotes of two opportunities that hold the same resource: whoever is accepted first has it, the other hears of the clash', async () => {
    const { mine } = desks()
    const booth = await resource(mine)
    const offers = [await offer(mine, { day: '2028-01-01' }), await offer(mine, { day: '2028-01-01' })]
    for (const [index, { dateId }] of offers.entries()) await book(mine, [booth, dateId], { rank: index + 1 })
    const [first, second] = offers
    if (!first || !second) throw new Error('two offers were made')
    const clash = mine.write((db) => acceptQuote(db, { id: second.quote.id, name: 'Bea' }))
    await expect(clash).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/better rank/),
      data: { reason: 'queue' },
    })
    await mine.write((db) => acceptQuote(db, { id: first.quote.id, name: 'Ada' }))
    const late = mine.write((db) => acceptQuote(db, { id: second.quote.id, name: 'Bea' }))
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringMatching(/already booked/) })
    // Customers accept too: by whose event the resource is taken is not for them.
    await expect(late).rejects.toHaveProperty('data', { reason: 'taken' })
    // Nothing of the acceptance is left.
    await mine.write(async (db) => {
      expect(await db.quotes.byId(second.quote.id)).toEqual(second.quote)
      expect(await db.opportunities.byId(second.opportunityId as never)).toMatchObject({ outcome: null })
    })
    const states = await mine.look(
      `select state from crm.resource_bookings where tenant_id = $1 and resource_id = $2 order by state`,
      booth,
    )
    expect(states).toEqual([{ state: 'confirmed' }, { state: 'hold' }])
  })

  test('a hold that has expired is not confirmed: those behind it move up, and the histories tell what became of each', async () => {
    const { mine } = desks()
    const booth = await resource(mine)
    const [late, next, last] = [
      await offerOn(mine, '2028-02-01'),
      await offerOn(mine, '2028-02-01'),
      await offerOn(mine, '2028-02-01'),
    ]
    await book(mine, [booth, late.dateId], { rank: 1, expiresAt: '2026-01-01T00:00:00Z' })
    await book(mine, [booth, next.dateId], { rank: 2 })
    await book(mine, [booth, last.dateId], { rank: 3 })
    await mine.write((db) => acceptQuote(db, { id: late.quote.id, name: 'Ada' }))
    expect(await queueOf(mine, booth, [late, next, last])).toEqual(['released', 'hold 1', 'hold 2'])
    await mine.write((db) => acceptQuote(db, { id: next.quote.id, name: 'Bea' }))
    expect(await queueOf(mine, booth, [late, next, last])).toEqual(['released', 'confirmed', 'hold 1'])
    const booked = await mine.look(
      `select diff #>> '{booking,to,state}' as state from crm.record_changes
       where tenant_id = $1 and entity = 'event_date' and entity_id = $2 and action = 'booked'`,
      next.dateId,
    )
    expect(booked).toEqual([{ state: 'confirmed' }])
  })

  test('an event that was postponed is confirmed once it is sold; one that was cancelled has to be taken up again first', async () => {
    const { mine } = desks()
    const outcomes = []
    for (const status of ['postponed', 'cancelled']) {
      const { quote, opportunityId } = await offer(mine)
      await mine.look(
        `insert into crm.events (tenant_id, title, event_type, account_id, opportunity_id, status, cancelled_reason, time_zone)
         values ($1, 'Party', 'party', $2, $3, $4, 'no reason', 'UTC')`,
        quote.accountId,
        opportunityId,
        status,
      )
      const [outcome] = await Promise.allSettled([mine.write((db) => acceptQuote(db, { id: quote.id, name: 'Ada' }))])
      const [event] = await mine.look<{ status: string; told: number }>(
        `select status, (select count(*)::int from crm.record_changes c where c.entity_id = e.id and diff ? 'status') as told
         from crm.events e where tenant_id = $1 and opportunity_id = $2`,
        opportunityId,
      )
      outcomes.push([codeOf(outcome), event])
    }
    expect(outcomes).toEqual([
      ['fulfilled', { status: 'confirmed', told: 1 }],
      ['RULE_VIOLATED', { status: 'cancelled', told: 0 }],
    ])
  })

  test('an acceptance, confirmations and bookings that want one resource at once: one has it, the others are refused, and no rank is left out', async () => {
    const { mine } = desks()
    for (let round = 0; round < 2; round++) {
      const booth = await resource(mine)
      const offers = [
        await offerOn(mine, '2028-03-01'),
        await offerOn(mine, '2028-03-01'),
        await offerOn(mine, '2028-03-01'),
      ]
      const [first, second, third] = offers
      if (!first || !second || !third) throw new Error('three offers were made')
      await book(mine, [booth, first.dateId], { rank: 1 })
      await book(mine, [booth, second.dateId], { rank: 2 })
      const [held] = await mine.look<{ id: BookingId }>(
        `select id from crm.resource_bookings where tenant_id = $1 and event_date_id = $2`,
        second.dateId,
      )
      if (!held) throw new Error('it was held')
      const outcomes = await Promise.allSettled<unknown>([
        mine.write((db) => acceptQuote(db, { id: first.quote.id, name: 'Ada' })),
        mine.write((db) => db.bookings.confirm({ id: held.id, jumpQueue: true })),
        mine.write((db) =>
          db.bookings.book(
            BookingInput.parse({ resourceId: booth, eventDateId: third.dateId, state: 'confirmed', jumpQueue: true }),
          ),
        ),
      ])
      expect(outcomes.map(codeOf).toSorted()).toEqual(['CONFLICT', 'CONFLICT', 'fulfilled'])
      const states = await queueOf(mine, booth, offers)
      expect(states.filter((state) => state === 'confirmed')).toHaveLength(1)
      const holds = states.flatMap((state) => (state?.startsWith('hold') === true ? [state] : []))
      expect(holds.toSorted()).toEqual(['hold 1', 'hold 2'].slice(0, states[2] === 'confirmed' ? 2 : 1))
    }
  })

  test('a customer without an e-mail address gets a contract that waits for somebody to add the signer', async () => {
    const { mine } = desks()
    const { quote } = await offer(mine)
    await mine.look(`delete from crm.contact_points where tenant_id = $1`)
    await mine.look(`update crm.accounts set email = null where tenant_id = $1`)
    const { contract } = await mine.write((db) => acceptQuote(db, { id: quote.id, name: 'Ada' }))
    expect(contract).toMatchObject({ status: 'draft', signers: [] })
  })

  test('what customers and staff typed is text in the contract, whatever it looks like', async () => {
    const { mine } = desks()
    const { quote } = await offer(mine, {
      title: `<script>alert('1')</script>`,
      terms: 'a <b>bold</b> & "quoted"\nword',
    })
    const { contract } = await mine.write((db) => acceptQuote(db, { id: quote.id, name: 'Ada' }))
    expect(contract.bodyHtml).not.toMatch(/<script|<b>/)
    expect(contract.bodyHtml).toContain('&#60;script&#62;')
    expect(contract.bodyHtml).toContain('word')
  })

  test('what a customer chooses is what is accepted, signed and invoiced, and what the hash is of', async () => {
    const { mine } = desks()
    const { quote } = await offer(mine, { lines: withOptions, depositPpm: 300_000 })
    const sent = await hashOf(mine, quote)
    const chosen = [idOf(quote, 'Album')]
    const { quote: accepted, contract } = await mine.write((db) =>
      acceptQuote(db, { id: quote.id, name: 'Ada', chosen }),
    )
    expect(accepted).toMatchObject({ status: 'accepted', totalMinor: 15_000 })
    expect(accepted.lines.map(({ name, isSelected }) => [name, isSelected])).toEqual([
      ['Booth', true],
      ['Album', true],
      ['Prints', false],
    ])
    expect(contract.bodyHtml).toContain('Album')
    expect(contract.bodyHtml).not.toContain('Prints')
    expect(await hashOf(mine, quote)).not.toBe(sent)
    const [entry] = await mine.write(async (db) =>
      (await db.quotes.timeline(quote.id, { limit: 5 })).rows.filter(({ action }) => action === 'accepted'),
    )
    expect(Object.keys(entry?.diff ?? {})).toContain('lines')
    const [signer] = contract.signers
    const { invoices } = await mine.write((db) =>
      signContract(db, {
        id: contract.id,
        signerId: signer?.id ?? '',
        signature: { kind: 'typed', value: 'Ada', consent: agreed.typed },
        bodySha256: contract.bodySha256,
        ip: null,
        userAgent: null,
      }),
    )
    expect(invoices.map(({ totalMinor }) => totalMinor)).toEqual([4_500, 10_500])
    expect(invoices.flatMap(({ lines }) => lines.map(({ name }) => name))).not.toContain('Prints')
  })

  test('a choice of what the quote says already is the quote as it was sent', async () => {
    const { mine } = desks()
    const { quote } = await offer(mine, { lines: withOptions })
    const sent = await hashOf(mine, quote)
    const chosen = [idOf(quote, 'Prints')]
    const { quote: accepted } = await mine.write((db) => acceptQuote(db, { id: quote.id, name: 'Ada', chosen }))
    expect([accepted.lines, accepted.totalMinor, await hashOf(mine, quote)]).toEqual([quote.lines, 12_000, sent])
  })

  test('lines of other quotes and companies cannot be chosen, nor one that everybody pays for, nor nothing at all', async () => {
    const { mine, theirs } = desks()
    const { quote } = await offer(mine, { lines: withOptions })
    const { quote: other } = await offer(mine, { lines: withOptions })
    const { quote: foreign } = await offer(theirs, { lines: withOptions })
    const { quote: nothing } = await offer(mine, { lines: withOptions.slice(1) })
    const accept = (id: Quote['id'], chosen: QuoteLineId[]) =>
      mine.write((db) => acceptQuote(db, { id, name: 'Eve', chosen }))
    const refusals = await Promise.allSettled([
      accept(quote.id, [idOf(quote, 'Album'), idOf(other, 'Album')]),
      accept(quote.id, [idOf(foreign, 'Album')]),
      accept(quote.id, [idOf(quote, 'Booth')]),
      accept(nothing.id, []),
    ])
    const refused = { status: 'rejected', reason: { code: 'RULE_VIOLATED', data: { field: 'chosen' } } }
    expect(refusals).toMatchObject([refused, refused, refused, refused])
    await mine.write(async (db) => expect(await db.quotes.byId(quote.id)).toEqual(quote))
  })

  test('of two choices that are made at once one is accepted, whole', async () => {
    const { mine } = desks()
    const { quote } = await offer(mine, { lines: withOptions })
    const choices = [[idOf(quote, 'Album')], [idOf(quote, 'Album'), idOf(quote, 'Prints')]]
    const attempts = await Promise.allSettled(
      choices.map((chosen) => mine.write((db) => acceptQuote(db, { id: quote.id, name: 'Ada', chosen }))),
    )
    const [accepted, ...others] = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []))
    expect(others).toEqual([])
    const won = attempts.findIndex(({ status }) => status === 'fulfilled')
    expect(accepted?.quote.totalMinor).toBe([15_000, 17_000][won])
    await mine.write(async (db) => expect(await db.quotes.byId(quote.id)).toEqual(accepted?.quote))
  })

  test('a quote of another company cannot be accepted, as if there were none', async () => {
    const { mine, theirs } = desks()
    const { quote } = await offer(theirs)
    await expect(mine.write((db) => acceptQuote(db, { id: quote.id, name: 'Eve' }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await theirs.write(async (db) => expect(await db.quotes.byId(quote.id)).toEqual(quote))
  })
})

const withOptions = quoteInput({
  accountId: '01890a5d-ac96-774b-bcce-b302099a8057',
  lines: [
    quoteLine({ name: 'Booth' }),
    quoteLine({ name: 'Album', unitPriceMinor: 5_000, isOptional: true, isSelected: false }),
    quoteLine({ name: 'Prints', unitPriceMinor: 2_000, isOptional: true }),
  ],
}).lines

function idOf({ lines }: Quote, name: string): QuoteLineId {
  const line = lines.find((each) => each.name === name)
  if (line === undefined) throw new Error(`the quote has no ${name}`)
  return line.id
}

function codeOf(outcome: PromiseSettledResult<unknown> | undefined): string {
  return String(outcome?.status === 'rejected' ? (outcome.reason as { code?: string }).code : outcome?.status)
}

function offerOn(desk: Desk, day: string) {
  return offer(desk, { day })
}

/** What became of the hold of each date on a resource. */
async function queueOf(desk: Desk, resourceId: string, dates: readonly { dateId: string }[]) {
  const rows = await desk.look<{ dateId: string; state: string }>(
    `select event_date_id as "dateId", concat_ws(' ', state, hold_rank) as state
     from crm.resource_bookings where tenant_id = $1 and resource_id = $2`,
    resourceId,
  )
  return dates.map(({ dateId }) => rows.find((row) => row.dateId === dateId)?.state)
}

async function hashOf(desk: Desk, { id }: Quote): Promise<string | undefined> {
  const text = `select encode(content_sha256, 'hex') as hash from crm.quotes where tenant_id = $1 and id = $2`
  return (await desk.look<{ hash: string }>(text, id))[0]?.hash
}
