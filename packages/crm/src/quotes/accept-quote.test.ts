import { quoteInput } from '@tenantry/testing/factories/quote'
import { expect, test } from 'vitest'
import { book, forEveryCompany, offer, resource, send } from '../companies.fixture.ts'
import { acceptQuote } from './accept-quote.ts'

forEveryCompany((desks) => {
  test('an accepted quote wins its opportunity, confirms its event with every hold, and issues the contract', async () => {
    const { mine } = desks()
    const { quote, opportunityId, contact, dateId } = await offer(mine)
    const booth = await resource(mine)
    await book(mine, booth, dateId, 1)
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
    expect(contract.bodyHtml).toContain('2027-06-12, 18:00 – 23:00, Europe/Berlin')
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
    for (const [index, { dateId }] of offers.entries()) await book(mine, booth, dateId, index + 1)
    const [first, second] = offers
    if (!first || !second) throw new Error('two offers were made')
    const clash = mine.write((db) => acceptQuote(db, { id: second.quote.id, name: 'Bea' }))
    await expect(clash).rejects.toMatchObject({ code: 'CONFLICT', message: /better rank/ })
    await mine.write((db) => acceptQuote(db, { id: first.quote.id, name: 'Ada' }))
    const late = mine.write((db) => acceptQuote(db, { id: second.quote.id, name: 'Bea' }))
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT', message: /already booked/ })
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

  test('a quote of another company cannot be accepted, as if there were none', async () => {
    const { mine, theirs } = desks()
    const { quote } = await offer(theirs)
    await expect(mine.write((db) => acceptQuote(db, { id: quote.id, name: 'Eve' }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await theirs.write(async (db) => expect(await db.quotes.byId(quote.id)).toEqual(quote))
  })
})
