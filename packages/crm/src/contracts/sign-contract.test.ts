import type { Contract, Signature } from '@tenantry/contracts/contracts'
import { accountInput } from '@tenantry/testing/factories/account'
import { contractInput } from '@tenantry/testing/factories/contract'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { agreed, forEveryCompany, offer, type Desk } from '../companies.fixture.ts'
import { contractDocument } from '../documents/views.ts'
import { acceptQuote } from '../quotes/accept-quote.ts'
import { signContract } from './sign-contract.ts'

forEveryCompany((desks) => {
  test('the last signature issues the deposit and the rest with its parts, which are what the quote comes to', async () => {
    const { mine } = desks()
    const { quote } = await offer(mine, { depositPpm: 300_000, balanceDueDays: 10, instalments: 2 })
    const { contract } = await mine.write((db) => acceptQuote(db, { id: quote.id, name: 'Ada' }))
    const signed = await sign(mine, contract)
    expect(signed.contract).toMatchObject({ status: 'completed', completedAt: signed.contract.updatedAt })
    const [deposit, balance] = signed.invoices
    expect(deposit).toMatchObject({ kind: 'deposit', status: 'issued', quoteId: quote.id, eventId: contract.eventId })
    expect(balance).toMatchObject({ kind: 'invoice', status: 'issued', dueOn: '2027-06-02' })
    expect((deposit?.totalMinor ?? 0) + (balance?.totalMinor ?? 0)).toBe(quote.totalMinor)
    expect(balance?.schedule.map(({ dueOn }) => dueOn)).toEqual(['2027-05-02', '2027-06-02'])
    expect(balance?.schedule.reduce((sum, part) => sum + part.amountMinor, 0)).toBe(balance?.totalMinor)
    await mine.write(async (db) => expect(await db.quotes.byId(quote.id)).toMatchObject({ status: 'converted' }))
  })

  test('a contract that is made again is for the event of its quote, and with nobody but the company the quote was made to', async () => {
    const { mine } = desks()
    const { quote } = await offer(mine)
    const accepted = await mine.write((db) => acceptQuote(db, { id: quote.id, name: 'Ada', ip: '203.0.113.9' }))
    const { contract: first } = accepted
    expect(first.eventId).not.toBeNull()
    const kept = await mine.look(
      'select accepted_ip::text as ip from crm.quotes where tenant_id = $1 and id = $2',
      quote.id,
    )
    expect(kept).toEqual([{ ip: '203.0.113.9/32' }])
    const { id, version } = first
    await mine.write((db) => db.contracts.void({ id, version, reason: 'Another one signs' }))
    const signers = [{ name: 'Bea', email: 'bea@example.com', signOrder: 1 }]
    const again = { title: 'Again', bodyHtml: first.bodyHtml, quoteId: quote.id, signers }
    const elsewhere = await mine.write((db) => db.accounts.create(accountInput()))
    const theirs = await mine.write((db) => db.contracts.create(contractInput({ ...again, accountId: elsewhere.id })))
    await expect(mine.write((db) => db.contracts.send(theirs))).rejects.toMatchObject({ data: { field: 'accountId' } })
    const second = await mine.write(async (db) =>
      db.contracts.send(await db.contracts.create(contractInput({ ...again, accountId: quote.accountId }))),
    )
    expect(second.eventId).toBe(first.eventId)
    const { invoices } = await sign(mine, second)
    expect(invoices.map(({ eventId }) => eventId)).toEqual(invoices.map(() => first.eventId))
  })

  test('a signature carries the hash of what was signed, and of nothing else can one be given', async () => {
    const { mine } = desks()
    const contract = await sent(mine)
    const hash = createHash('sha256').update(contract.bodyHtml).digest('hex')
    expect(contract.bodySha256).toBe(hash)
    await expect(
      sign(mine, { ...contract, bodySha256: hash.replace(/^./, (first) => (first === '0' ? '1' : '0')) }),
    ).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      data: { field: 'bodySha256' },
    })
    await sign(mine, contract)
    const rows = await mine.look(
      `select encode(signed_body_sha256, 'hex') as hash, signature_value, ip::text, user_agent from crm.contract_signers where tenant_id = $1 and contract_id = $2`,
      contract.id,
    )
    expect(rows).toEqual([{ hash, signature_value: 'Ada Byron', ip: '203.0.113.7/32', user_agent: 'a browser' }])
    const change = mine.write((db) =>
      db.contracts.patch({ id: contract.id, version: contract.version + 1, patch: { title: 'x' } }),
    )
    await expect(change).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  })

  test('signers sign in their order, and of two who are last at the same moment one completes the contract', async () => {
    const { mine } = desks()
    const { quote } = await offer(mine)
    const { contract: first } = await mine.write((db) => acceptQuote(db, { id: quote.id, name: 'Ada' }))
    const contract = await mine.write(async (db) => {
      await db.contracts.void({ id: first.id, version: first.version, reason: 'Two sign' })
      const names = ['Ada', 'Bea', 'Company']
      const signers = names.map((name) => ({
        name,
        email: `${name}@example.com`,
        signOrder: name === 'Company' ? 1 : 2,
      }))
      const input = contractInput({ accountId: quote.accountId, quoteId: quote.id, signers })
      return db.contracts.send(await db.contracts.create(input))
    })
    const [company, ada, bea] = contract.signers
    await expect(sign(mine, contract, ada?.id)).rejects.toMatchObject({ message: 'Somebody else signs before you.' })
    expect((await sign(mine, contract, company?.id)).contract).toMatchObject({ status: 'signed' })
    const answers = await Promise.all([ada, bea].map((signer) => sign(mine, contract, signer?.id)))
    expect(answers.map(({ contract: { status } }) => status).toSorted()).toEqual(['completed', 'signed'])
    expect(answers.flatMap(({ invoices }) => invoices)).toHaveLength(2)
    await expect(sign(mine, contract, ada?.id)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  })

  test('a contract whose time is over, that was voided or that somebody declined is not signed', async () => {
    const { mine } = desks()
    const expired = await sent(mine)
    await mine.look(
      `update crm.contracts set expires_at = now() - interval '1 second' where tenant_id = $1 and id = $2`,
      expired.id,
    )
    const voided = await sent(mine)
    await mine.write((db) => db.contracts.void({ id: voided.id, version: voided.version, reason: 'Wrong names' }))
    const declined = await sent(mine)
    const signerId = declined.signers[0]?.id ?? ''
    await mine.write((db) => db.contracts.decline({ id: declined.id, signerId, reason: 'No' }))
    for (const [contract, status] of [
      [expired, 'expired'],
      [voided, 'voided'],
      [declined, 'declined'],
    ] as const) {
      await expect(sign(mine, contract)).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { status } })
      await mine.write(async (db) => expect(await db.contracts.byId(contract.id)).toMatchObject({ status }))
    }
  })

  test('of voiding a contract and its last signature at the same moment one wins, whole', async () => {
    const { mine } = desks()
    for (let round = 0; round < 4; round++) {
      const { quote } = await offer(mine)
      const { contract } = await mine.write((db) => acceptQuote(db, { id: quote.id, name: 'Ada' }))
      const { id, version } = contract
      const voiding = () => mine.write((db) => db.contracts.void({ id, version, reason: 'Wrong hall' }))
      const ways = [voiding, () => sign(mine, contract)]
      const attempts = await Promise.allSettled((round % 2 === 0 ? ways : ways.toReversed()).map((way) => way()))
      expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const [state] = await mine.look(
        `select c.status, (select count(*)::int from crm.contract_signers s where s.contract_id = c.id and s.signed_at is not null) as signed,
          (select count(*)::int from crm.invoices i where i.quote_id = c.quote_id) as invoices
         from crm.contracts c where c.tenant_id = $1 and c.id = $2`,
        id,
      )
      expect([
        { status: 'completed', signed: 1, invoices: 2 },
        { status: 'voided', signed: 0, invoices: 0 },
      ]).toContainEqual(state)
    }
  })

  test('a signature agrees to the sentence that we have for its kind, which is kept with it, and to no other', async () => {
    const { mine } = desks()
    const contract = await sent(mine)
    const value = 'M60 150L140 40L220 150M90 110L190 110'
    const attempts = await Promise.allSettled(
      ['I agree to nothing.', agreed.typed].map((consent) =>
        sign(mine, contract, undefined, { kind: 'drawn', value, consent }),
      ),
    )
    for (const attempt of attempts)
      expect(attempt).toMatchObject({ reason: { code: 'RULE_VIOLATED', data: { field: 'consent' } } })
    const { contract: signed } = await sign(mine, contract, undefined, { kind: 'drawn', value, consent: agreed.drawn })
    const [signer] = signed.signers
    expect(signer).toMatchObject({
      signatureKind: 'drawn',
      signatureValue: value,
      consentText: agreed.drawn,
      ip: '203.0.113.7',
    })
    const { evidence, signers } = await mine.write((db) => contractDocument(db, signed))
    expect(signers).toMatchObject([{ signature: { kind: 'drawn', value } }])
    const { name = '', email = '' } = signer ?? {}
    expect(evidence).toEqual([{ name, email, signedAt: signer?.signedAt, consent: agreed.drawn, ip: '203.0.113.7' }])
  })

  test('a contract of another company is neither sent, signed, declined nor voided, as if there were none', async () => {
    const { mine, theirs } = desks()
    const foreign = await sent(theirs)
    const { id, version, signers } = foreign
    const signerId = signers[0]?.id ?? ''
    const attempts = await Promise.allSettled([
      mine.write((db) => db.contracts.send({ id, version })),
      mine.write((db) => db.contracts.view({ id, signerId })),
      mine.write((db) => db.contracts.decline({ id, signerId, reason: null })),
      mine.write((db) => db.contracts.void({ id, version, reason: 'x' })),
      sign(mine, foreign),
    ])
    for (const attempt of attempts) expect(attempt).toMatchObject({ reason: { code: 'NOT_FOUND' } })
    await theirs.write(async (db) => expect(await db.contracts.byId(id)).toEqual(foreign))
  })

  test('nothing of another company’s signers is touched by the id of one', async () => {
    const { mine, theirs } = desks()
    const own = await sent(mine)
    const foreign = await sent(theirs)
    await expect(sign(mine, own, foreign.signers[0]?.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await theirs.write(async (db) => expect(await db.contracts.byId(foreign.id)).toEqual(foreign))
  })
})

function sent(desk: Desk): Promise<Contract> {
  return desk.write(async (db) => {
    const { id: accountId } = await db.accounts.create(accountInput())
    return db.contracts.send(await db.contracts.create(contractInput({ accountId })))
  })
}

function sign(
  desk: Desk,
  { id, signers, bodySha256 }: Contract,
  signerId = signers[0]?.id ?? '',
  signature: Signature = { kind: 'typed', value: 'Ada Byron', consent: agreed.typed },
) {
  const given = { id, signerId, signature, bodySha256, ip: '203.0.113.7', userAgent: 'a browser' }
  return desk.write((db) => signContract(db, given))
}
