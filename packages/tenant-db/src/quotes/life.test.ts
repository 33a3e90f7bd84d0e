import type { QuoteId } from '@tenantry/contracts/ids'
import { QuoteListQuery, type Quote } from '@tenantry/contracts/quotes'
import { accountInput } from '@tenantry/testing/factories/account'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { quoteInput, quoteLine } from '@tenantry/testing/factories/quote'
import { beforeAll, expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  beforeAll(async () => {
    const { mine } = placement()
    await mine.write((db) => db.pipelines.create(pipelineInput()))
  })

  test('a quote reads as it was written, with what its lines come to', async () => {
    const { mine } = placement()
    const accountId = await accountOf(mine, 'Lumen')
    const lines = [
      quoteLine({ name: 'Booth', quantity: '2.5', unitPriceMinor: 10_001, discountMinor: 500, taxPpm: 190_000 }),
      quoteLine({ name: 'Props', isOptional: true, isSelected: false }),
    ]
    const created = await mine.write((db) => db.quotes.create(quoteInput({ accountId, lines, title: 'A wedding' })))
    expect(created).toMatchObject({
      status: 'draft',
      revision: 1,
      accountName: 'Lumen',
      // 2.5 × 100.01 is 250.025; a half goes away from zero. 19 % of 245.03 is 46.5557.
      subtotalMinor: 25_003,
      discountMinor: 500,
      taxMinor: 4_656,
      totalMinor: 29_159,
      lines: [
        { name: 'Booth', quantity: '2.500', netMinor: 24_503 },
        { name: 'Props', quantity: '1.000', netMinor: 10_000, isSelected: false },
      ],
    })
    expect(await mine.read.quotes.byId(created.id)).toEqual(created)
    const { lines: _, terms: __, depositPpm: ___, balanceDueDays: ____, instalments: _____, ...listed } = created
    expect((await mine.read.quotes.list(QuoteListQuery.parse({ search: 'a wedd' }))).rows).toEqual([listed])
  })

  test('lines are one field: changed, remembered and undone as a whole, and the totals follow', async () => {
    const { mine } = placement()
    const created = await draft(mine)
    const patched = await mine.write((db) =>
      db.quotes.patch({
        id: created.id,
        version: 1,
        patch: { lines: quoteInput({ accountId: created.accountId, lines: [quoteLine({ taxPpm: 100_000 })] }).lines },
      }),
    )
    expect(patched).toMatchObject({ totalMinor: 11_000, version: 2 })
    const { rows } = await mine.read.quotes.timeline(created.id, { limit: 5 })
    expect(Object.keys(rows[0]?.diff ?? {})).toEqual(['lines'])
    const undone = await mine.write((db) => db.quotes.undo(created.id, rows[0]?.id ?? ''))
    expect(undone).toMatchObject({ lines: withoutIds(created), totalMinor: created.totalMinor })
  })

  test('of two quotes for one opportunity one is accepted, also by members who do not see each other’s, and at once', async () => {
    const { mine } = placement()
    const accountId = await accountOf(mine, 'Rivals')
    const { id: opportunityId } = await mine.write((db) => db.opportunities.create(opportunityInput({ accountId })))
    const offers = await Promise.all(
      [1, 2].map(async () => {
        const own = (person: string) => ({ quote: [person], account: [person] })
        const desk = await mine.limited((person) => ({ see: own(person), change: own(person) }))
        const theirs = await desk.write((db) => db.accounts.create(accountInput()))
        const quote = await desk.write(async (db) =>
          db.quotes.send(await db.quotes.create(quoteInput({ accountId: theirs.id, opportunityId }))),
        )
        return { desk, quote }
      }),
    )
    const [first] = offers
    await expect(first?.desk.read.quotes.byId(offers[1]?.quote.id as QuoteId)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const answers = await Promise.allSettled(
      offers.map(({ desk, quote }) => desk.write((db) => db.quotes.accept({ id: quote.id, name: 'Ada' }))),
    )
    const refused = answers.filter((answer) => answer.status === 'rejected')
    expect(refused.map(({ reason }) => (reason as Error).message)).toEqual(['Another quote was accepted already.'])
  })

  test('amounts that no number can hold are refused, and the draft stays', async () => {
    const { mine } = placement()
    const created = await draft(mine)
    const lines = quoteInput({
      accountId: created.accountId,
      lines: [quoteLine({ quantity: '999999999', unitPriceMinor: Number.MAX_SAFE_INTEGER })],
    }).lines
    await expect(
      mine.write((db) => db.quotes.patch({ id: created.id, version: 1, patch: { lines } })),
    ).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'lines' } })
    expect(await mine.read.quotes.byId(created.id)).toEqual(created)
  })

  test('a quote that was sent does not change any more, nor is it deleted or undone', async () => {
    const { mine } = placement()
    const sent = await send(mine, await draft(mine))
    expect(sent).toMatchObject({ status: 'sent', sentAt: sent.updatedAt, issuedOn: await mine.read.company.today() })
    const at = { id: sent.id, version: sent.version }
    const [newest] = (await mine.read.quotes.timeline(sent.id, { limit: 1 })).rows
    const attempts = await Promise.allSettled([
      mine.write((db) => db.quotes.patch({ ...at, patch: { terms: 'others' } })),
      mine.write((db) => db.quotes.remove(at)),
      mine.write((db) => db.quotes.undo(sent.id, newest?.id ?? '')),
    ])
    expect(codesOf(attempts)).toEqual(Array(3).fill('RULE_VIOLATED'))
    expect(await mine.read.quotes.byId(sent.id)).toEqual(sent)
    expect(await mine.write((db) => db.quotes.archive(at))).toMatchObject({ archivedAt: expect.any(String) })
  })

  test.each([
    ['nothing on it', { lines: [] }, 'lines'],
    ['less than nothing to pay', { lines: [quoteLine({ unitPriceMinor: -1 })] }, 'lines'],
    ['its last day behind it', { validUntil: '2020-01-01' }, 'validUntil'],
  ])('a quote with %s is not sent', async (_, over, field) => {
    const { mine } = placement()
    const accountId = await accountOf(mine)
    const { id } = await mine.write((db) => db.quotes.create(quoteInput({ accountId, ...over })))
    await expect(mine.write((db) => db.quotes.send({ id, version: 1 }))).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      data: { field },
    })
  })

  test('a change of a sent quote is a new revision, which supersedes the old one when it is sent', async () => {
    const { mine } = placement()
    const first = await send(mine, await draft(mine))
    const second = await mine.write((db) => db.quotes.revise(first))
    expect(second).toMatchObject({
      number: first.number,
      revision: 2,
      rootQuoteId: first.id,
      status: 'draft',
      lines: withoutIds(first),
      totalMinor: first.totalMinor,
    })
    expect(await mine.read.quotes.byId(first.id)).toMatchObject({ status: 'sent' })
    const sent = await send(mine, second)
    expect(await mine.read.quotes.byId(first.id)).toMatchObject({ status: 'superseded' })
    await expect(mine.write((db) => db.quotes.accept({ id: first.id, name: 'Ada' }))).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
    })
    const third = await mine.write((db) => db.quotes.revise(sent))
    expect(third).toMatchObject({ revision: 3, rootQuoteId: first.id })
  })

  test('revisions that are made at once each get a number of their own', async () => {
    const { mine } = placement()
    const first = await send(mine, await draft(mine))
    const revisions = await Promise.all([1, 2, 3, 4].map(() => mine.write((db) => db.quotes.revise(first))))
    expect(new Set(revisions.map(({ revision }) => revision))).toEqual(new Set([2, 3, 4, 5]))
  })

  test('a quote that is opened says so once, and one that is declined says why', async () => {
    const { mine } = placement()
    const sent = await send(mine, await draft(mine))
    const viewed = await mine.write((db) => db.quotes.view(sent.id))
    expect(viewed).toMatchObject({ status: 'viewed', viewedAt: viewed.updatedAt })
    expect(await mine.write((db) => db.quotes.view(sent.id))).toEqual(viewed)
    const declined = await mine.write((db) => db.quotes.decline({ id: sent.id, reason: 'Too dear' }))
    expect(declined).toMatchObject({ status: 'declined', declineReason: 'Too dear' })
    await expect(mine.write((db) => db.quotes.decline({ id: sent.id, reason: null }))).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
    })
  })

  test('a quote whose day is over where the company is cannot be accepted', async () => {
    const { mine } = placement()
    await mine.write((db) =>
      db.company.put({ name: 'A', timeZone: 'Pacific/Kiritimati', locale: 'en', currency: 'EUR' }),
    )
    const accountId = await accountOf(mine)
    const validUntil = await mine.read.company.today()
    const quote = await send(mine, await mine.write((db) => db.quotes.create(quoteInput({ accountId, validUntil }))))
    expect(quote.isExpired).toBe(false)
    // Somewhere else the same quote would already be over, or not yet: the day is the company's.
    await mine.write((db) =>
      db.company.put({ name: 'A', timeZone: 'Pacific/Pago_Pago', locale: 'en', currency: 'EUR' }),
    )
    expect(await mine.read.quotes.byId(quote.id)).toMatchObject({ isExpired: false })
    const yesterday = await send(
      mine,
      await mine.write(async (db) => db.quotes.create(quoteInput({ accountId, validUntil: await db.company.today() }))),
    )
    await mine.write((db) =>
      db.company.put({ name: 'A', timeZone: 'Pacific/Kiritimati', locale: 'en', currency: 'EUR' }),
    )
    expect(await mine.read.quotes.byId(yesterday.id)).toMatchObject({ isExpired: true })
    await expect(mine.write((db) => db.quotes.accept({ id: yesterday.id, name: 'Ada' }))).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      message: 'This quote is no longer valid.',
    })
  })

  test('of quotes for one opportunity that are accepted at once exactly one is, and the others are superseded', async () => {
    const { mine } = placement()
    const accountId = await accountOf(mine)
    const { id: opportunityId } = await mine.write((db) => db.opportunities.create(opportunityInput()))
    const quotes: Quote[] = []
    for (let count = 0; count < 4; count++) {
      quotes.push(
        await send(mine, await mine.write((db) => db.quotes.create(quoteInput({ accountId, opportunityId })))),
      )
    }
    const attempts = await Promise.allSettled(
      [...quotes, ...quotes].map(({ id }) => mine.write((db) => db.quotes.accept({ id, name: 'Ada' }))),
    )
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(codesOf(attempts)).toEqual(Array(7).fill('RULE_VIOLATED'))
    const now = await Promise.all(quotes.map(({ id }) => mine.read.quotes.byId(id)))
    expect(now.map(({ status }) => status).toSorted()).toEqual(['accepted', 'superseded', 'superseded', 'superseded'])
  })

  test('quotes of another tenant are neither sent, revised, declined nor accepted, as if there were none', async () => {
    const { mine, theirs } = placement()
    const foreign = await send(theirs, await draft(theirs))
    const at = { id: foreign.id, version: foreign.version }
    const attempts = await Promise.allSettled([
      mine.write((db) => db.quotes.send(at)),
      mine.write((db) => db.quotes.revise(at)),
      mine.write((db) => db.quotes.view(foreign.id)),
      mine.write((db) => db.quotes.decline({ ...at, reason: null })),
      mine.write((db) => db.quotes.accept({ ...at, name: 'Eve' })),
    ])
    expect(codesOf(attempts)).toEqual(Array(5).fill('NOT_FOUND'))
    expect(await theirs.read.quotes.byId(foreign.id)).toEqual(foreign)
  })
})

async function accountOf(desk: Desk, name = 'Customer') {
  const { id } = await desk.write((db) => db.accounts.create(accountInput({ name })))
  return id
}

async function draft(desk: Desk): Promise<Quote> {
  const accountId = await accountOf(desk)
  return desk.write((db) => db.quotes.create(quoteInput({ accountId })))
}

function send(desk: Desk, { id, version }: Quote): Promise<Quote> {
  return desk.write((db) => db.quotes.send({ id, version }))
}

/** The list is replaced as a whole, and its lines with it. */
function withoutIds({ lines }: Quote) {
  return lines.map((line) => {
    const { id: _, ...rest } = line
    return rest
  })
}

/** Why attempts were refused; one that was not is left out. */
function codesOf(attempts: readonly PromiseSettledResult<unknown>[]): unknown[] {
  return attempts.flatMap((attempt) =>
    attempt.status === 'rejected' ? [(attempt.reason as { code?: unknown }).code] : [],
  )
}
