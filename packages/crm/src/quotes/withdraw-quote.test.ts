import type { Contract } from '@tenantry/contracts/contracts'
import type { OpportunityId } from '@tenantry/contracts/ids'
import type { Quote } from '@tenantry/contracts/quotes'
import { contractInput } from '@tenantry/testing/factories/contract'
import { expect, test } from 'vitest'
import { agreed, book, forEveryCompany, offer, resource, type Desk } from '../companies.fixture.ts'
import { issueAnotherContract } from '../contracts/issue-another.ts'
import { signContract } from '../contracts/sign-contract.ts'
import { acceptQuote } from './accept-quote.ts'
import { withdrawQuote } from './withdraw-quote.ts'

const reason = 'The price was of last year'

forEveryCompany((desks) => {
  test('what was accepted and not signed is taken back with all that came of it, and its revision is accepted anew', async () => {
    const { mine } = desks()
    const { quote, opportunityId, dateId } = await offer(mine)
    const other = await offer(mine)
    const booth = await resource(mine)
    await book(mine, [booth, dateId], { rank: 1 })
    await book(mine, [booth, other.dateId], { rank: 2 })
    const before = await opportunity(mine, opportunityId)
    const { quote: accepted, contract } = await accept(mine, quote)
    const withdrawn = await withdraw(mine, accepted)
    expect(withdrawn.quote).toMatchObject({ status: 'withdrawn', withdrawalReason: reason, acceptedName: 'Ada' })
    expect(withdrawn.contracts).toMatchObject([{ id: contract.id, status: 'voided', voidedReason: reason }])
    await expect(sign(mine, contract)).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { status: 'voided' } })
    const { stageId, outcome, probability, forecastCategory } = before
    const after = await opportunity(mine, opportunityId)
    expect(after).toMatchObject({ stageId, outcome, probability, forecastCategory, closedAt: null })
    // Whoever had waited behind has moved up, and is not passed by what comes back.
    expect(await eventOf(mine, accepted, dateId)).toEqual({ status: 'tentative', bookings: 'hold 2' })
    const steps = await mine.write(async (db) => (await db.quotes.timeline(quote.id, { limit: 1 })).rows)
    expect(steps).toMatchObject([{ action: 'withdrawn' }])

    const again = await mine.write(async (db) => db.quotes.send(await db.quotes.revise(withdrawn.quote)))
    await mine.look(`delete from crm.resource_bookings where tenant_id = $1 and event_date_id = $2`, other.dateId)
    await mine.look(
      `update crm.resource_bookings set hold_rank = 1 where tenant_id = $1 and event_date_id = $2`,
      dateId,
    )
    const { quote: revised, contract: second } = await accept(mine, again)
    expect(revised).toMatchObject({ revision: 2, eventId: accepted.eventId })
    expect(await eventOf(mine, revised, dateId)).toEqual({ status: 'confirmed', bookings: 'confirmed' })
    expect((await sign(mine, second)).invoices).toHaveLength(2)
  })

  test('an event of which nothing was booked is a prospect again, and an opportunity that somebody has moved stays there', async () => {
    const { mine } = desks()
    const { quote, opportunityId, dateId } = await offer(mine)
    const { quote: accepted } = await accept(mine, quote)
    const lost = await mine.write(async (db) => {
      const { stages } = await db.pipelines.byId((await opportunity(mine, opportunityId)).pipelineId)
      const stage = stages.find(({ kind }) => kind === 'lost')
      const { id, version } = await db.opportunities.byId(opportunityId)
      return db.opportunities.move({ id, version, stageId: stage?.id ?? ('' as never), lostReason: 'They moved away' })
    })
    await withdraw(mine, accepted)
    expect(await opportunity(mine, opportunityId)).toEqual(lost)
    expect(await eventOf(mine, accepted, dateId)).toEqual({ status: 'prospect', bookings: null })
  })

  test('a quote that nobody has accepted, that was invoiced, or whose contract one of two has signed is not withdrawn', async () => {
    const { mine } = desks()
    const { quote: sent } = await offer(mine)
    const { quote: one } = await offer(mine)
    const { contract } = await accept(mine, one)
    await sign(mine, contract)
    const converted = await mine.write((db) => db.quotes.byId(one.id))
    const { quote: two } = await offer(mine)
    const half = await accept(mine, two)
    await mine.write((db) => db.contracts.void({ ...half.contract, reason: 'Two sign' }))
    const signers = ['ada@example.com', 'bea@example.com'].map((email) => ({ name: email, email, signOrder: 1 }))
    const signed = await mine.write(async (db) =>
      db.contracts.send(
        await db.contracts.create(contractInput({ accountId: two.accountId, quoteId: two.id, signers })),
      ),
    )
    await sign(mine, signed)
    for (const quote of [sent, converted, half.quote]) {
      await expect(withdraw(mine, quote)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
      await mine.write(async (db) => expect(await db.quotes.byId(quote.id)).toEqual(quote))
    }
    await mine.write(async (db) => expect(await db.contracts.byId(signed.id)).toMatchObject({ status: 'signed' }))
  })

  test('of a withdrawal and the last signature at the same moment one wins, whole', async () => {
    const { mine } = desks()
    for (let round = 0; round < 4; round++) {
      const { quote } = await offer(mine)
      const { quote: accepted, contract } = await accept(mine, quote)
      const ways = [() => withdraw(mine, accepted), () => sign(mine, contract)]
      const attempts = await Promise.allSettled((round % 2 === 0 ? ways : ways.toReversed()).map((way) => way()))
      expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const refusals = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason as unknown] : []))
      expect(refusals).toMatchObject([{ code: expect.stringMatching(/^(RULE_VIOLATED|STALE_WRITE)$/) }])
      const [state] = await mine.look<{ quote: string; contract: string; signed: number; invoices: number }>(
        `select q.status as quote, c.status as contract,
          (select count(*)::int from crm.contract_signers s where s.contract_id = c.id and s.signed_at is not null) as signed,
          (select count(*)::int from crm.invoices i where i.quote_id = q.id) as invoices
         from crm.quotes q join crm.contracts c on c.quote_id = q.id where q.tenant_id = $1 and q.id = $2`,
        quote.id,
      )
      expect([
        { quote: 'converted', contract: 'completed', signed: 1, invoices: 2 },
        { quote: 'withdrawn', contract: 'voided', signed: 0, invoices: 0 },
      ]).toContainEqual(state)
    }
  })

  test('a contract that was sent past a withdrawal is signed by nobody', async () => {
    const { mine } = desks()
    const { quote } = await offer(mine)
    const { quote: accepted, contract } = await accept(mine, quote)
    await withdraw(mine, accepted)
    const { accountId, id: quoteId } = quote
    const draft = await mine.write((db) => db.contracts.create(contractInput({ accountId, quoteId })))
    const send = mine.write((db) => db.contracts.send(draft))
    await expect(send).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'quoteId' } })
    await mine.look(`update crm.contracts set status = 'sent' where tenant_id = $1 and id = $2`, contract.id)
    await expect(sign(mine, contract)).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      message: expect.stringMatching(/withdrawn/),
    })
    const signed =
      'select from crm.contract_signers where tenant_id = $1 and contract_id = $2 and signed_at is not null'
    expect(await mine.look(signed, contract.id)).toEqual([])
  })

  test('after a contract that was declined another one is issued, once, and it is signed', async () => {
    const { mine } = desks()
    const { quote } = await offer(mine)
    const { quote: accepted, contract: first } = await accept(mine, quote)
    const another = () => mine.write((db) => issueAnotherContract(db, accepted))
    await expect(another()).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      message: expect.stringContaining(first.number),
    })
    const signerId = first.signers[0]?.id ?? ''
    await mine.write((db) => db.contracts.decline({ id: first.id, signerId, reason: 'Another hall' }))
    const attempts = await Promise.allSettled([another(), another()])
    const issued = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []))
    expect(issued).toMatchObject([
      { status: 'sent', quoteId: quote.id, eventId: first.eventId, bodyHtml: first.bodyHtml },
    ])
    expect((await sign(mine, issued[0] ?? first)).invoices).toHaveLength(2)
    await mine.write(async (db) => {
      const converted = await db.quotes.byId(quote.id)
      await expect(issueAnotherContract(db, converted)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    })
  })

  test('what another company has accepted is not withdrawn, nor is a contract about it issued, as if there were none', async () => {
    const { mine, theirs } = desks()
    const { quote } = await offer(theirs)
    const { quote: accepted, contract } = await accept(theirs, quote)
    await expect(withdraw(mine, accepted)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const another = mine.write((db) => issueAnotherContract(db, accepted))
    await expect(another).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const voiding = mine.write((db) => db.contracts.voidAbout({ quoteId: quote.id, reason }))
    expect(await voiding).toEqual([])
    await theirs.write(async (db) => {
      expect(await db.quotes.byId(quote.id)).toEqual(accepted)
      expect(await db.contracts.byId(contract.id)).toEqual(contract)
    })
  })
})

function accept(desk: Desk, { id }: Quote) {
  return desk.write((db) => acceptQuote(db, { id, name: 'Ada' }))
}

function withdraw(desk: Desk, { id, version }: Pick<Quote, 'id' | 'version'>) {
  return desk.write((db) => withdrawQuote(db, { id, version, reason }))
}

function opportunity(desk: Desk, id: OpportunityId) {
  return desk.write((db) => db.opportunities.byId(id))
}

function sign(desk: Desk, { id, signers, bodySha256 }: Contract) {
  const signature = { kind: 'typed', value: 'Ada', consent: agreed.typed } as const
  const given = { id, signerId: signers[0]?.id ?? '', signature, bodySha256, ip: null, userAgent: null }
  return desk.write((db) => signContract(db, given))
}

async function eventOf(desk: Desk, { eventId }: Quote, dateId: string) {
  const [row] = await desk.look(
    `select e.status, (select string_agg(concat_ws(' ', b.state, b.hold_rank), ', ') from crm.resource_bookings b
      where b.event_date_id = $3) as bookings from crm.events e where e.tenant_id = $1 and e.id = $2`,
    eventId,
    dateId,
  )
  return row
}
