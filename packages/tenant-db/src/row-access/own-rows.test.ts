import { PaymentListQuery } from '@tenantry/contracts/payments'
import { LimitedKind } from '@tenantry/contracts/record-access'
import type { Count } from '@tenantry/contracts/pages'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { sql, type SQL } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'
import { lists, type AnyList } from '../records/lists.fixture.ts'

/** Payments are no records: neither archived nor deleted, and none is written anew. */
const payments: AnyList = {
  name: 'payments',
  orders: { receivedAt: sql`received_at`, amount: sql`amount_minor` },
  page: (db, query) => db.payments.list(PaymentListQuery.parse(query)),
  count: (db, query) => db.payments.count(PaymentListQuery.parse(query)),
  fill: async () => undefined,
  insert: async () => undefined,
}
const common = ['locations', 'resources', 'catalog_items']
const narrowed = [...lists.filter(({ name }) => !common.includes(name)), payments]

inEveryPlacement((placement) => {
  /** Members who see the rows of nobody, one, two and three people. */
  const limited: { desk: Desk; people: string[] }[] = []

  beforeAll(async () => {
    const { mine, theirs } = placement()
    const [first, second] = [await mine.limited(() => limitsTo([])), await mine.limited(() => limitsTo([]))]
    const people = [mine.person.id, first.person.id, second.person.id]
    for (const desk of [mine, theirs]) {
      await desk.write((db) => db.pipelines.create(pipelineInput()))
      for (const { fill } of narrowed) await desk.database.transaction(fill)
    }
    await scatter(mine, people)
    for (const seen of [[], people.slice(0, 1), people.slice(1), people]) {
      limited.push({ desk: await mine.limited(() => limitsTo(seen)), people: seen })
    }
  })

  describe.each(narrowed)('the list of $name', (list) => {
    test('is for a limited member the whole list without what is not theirs, in any order, searched and counted', async () => {
      const { mine } = placement()
      const queries = fc.record({
        sort: fc.constantFrom(...Object.keys(list.orders)),
        order: fc.constantFrom('asc', 'desc'),
        show: fc.constantFrom('active', 'archived', 'deleted'),
        search: fc.constantFrom('', '', 'ir', 'ALDER', 'zebra'),
        limit: fc.integer({ min: 5, max: 60 }),
      })
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: 3 }), queries, async (place, query) => {
          const { desk, people } = limited[place] ?? { desk: mine, people: [] }
          const whole = await pagesOf(mine, list, { ...query, limit: 200 })
          const seen = await seenBy(mine, list.name, people)
          const theirs = whole.filter((id) => seen.has(id))
          expect(await pagesOf(desk, list, query)).toEqual(theirs)
          const counted: Count = { count: theirs.length, capped: false }
          expect(await list.count(desk.read, query)).toEqual(counted)
        }),
        { numRuns: 8 },
      )
    })
  })

  test('nothing is lost where few own rows become many', async () => {
    const { mine } = placement()
    const one = await mine.limited((person) => limitsTo([person]))
    const accounts = byName('accounts')
    const add = (rows: number) =>
      mine.database.transaction((tx) =>
        tx.db.execute(sql`insert into crm.accounts (name, created_by)
          select 'Account ' || n, ${one.person.id} from generate_series(1, ${rows}::integer) n`),
      )
    await add(4000)
    expect(new Set(await pagesOf(one, accounts, { limit: 200 })).size).toBe(4000)
    await add(2)
    expect(new Set(await pagesOf(one, accounts, { limit: 200 })).size).toBe(4002)
    // What belongs through one of so many is not lost either, whichever of them that is.
    const [newest] = await mine.database.transaction((tx) =>
      tx.db.execute<{ id: string }>(sql`
        insert into crm.quotes (number, title, account_id, currency)
        select 'last', 'Last', id, 'EUR' from crm.accounts where created_by = ${one.person.id} order by ctid desc limit 1
        returning id`),
    )
    expect(await pagesOf(one, byName('quotes'), {})).toEqual([newest?.id])
    const two = await mine.limited((person) => limitsTo([person]))
    const quote = (from: number, to: number) =>
      mine.database.transaction((tx) =>
        tx.db.execute(sql`
          with a as (
            insert into crm.accounts (name, owner_id) select 'Account', ${two.person.id}::uuid returning id)
          insert into crm.quotes (number, title, account_id, currency)
          select 'many ' || n, 'Quote', a.id, 'EUR' from generate_series(${from}::integer, ${to}::integer) n, a`),
      )
    await quote(1, 500)
    expect(new Set(await pagesOf(two, byName('quotes'), { limit: 200 })).size).toBe(500)
    await quote(501, 503)
    expect(new Set(await pagesOf(two, byName('quotes'), { limit: 200 })).size).toBe(503)
  })
})

/** Rows of everybody and of nobody, with owners and without, some in the archive and in the bin; each points anywhere. */
async function scatter({ database }: Desk, people: readonly string[]): Promise<void> {
  const any = (salt: number) =>
    sql`(${`{${[...people, 'null'].join()}}`}::uuid[])[1 + abs(hashtext(id::text || ${salt}::text)) % 4]`
  const anyOf = (table: string, salt: number, where = sql`true`) =>
    sql`(select o.id from ${tableNamed(table)} o where ${where} order by hashtext(o.id::text || r.id::text || ${salt}::text) limit 1)`
  await database.transaction(async (tx) => {
    for (const { name } of narrowed.filter((list) => list !== payments)) {
      await tx.db.execute(sql`update ${tableNamed(name)} set created_by = ${any(1)},
        archived_at = case when hashtext(id::text) % 5 = 0 then now() end,
        deleted_at = case when hashtext(id::text) % 5 = 1 then now() end`)
      const owner = ownerIn[name]
      if (owner !== undefined)
        await tx.db.execute(sql`update ${tableNamed(name)} set ${sql.identifier(owner)} = ${any(2)}`)
    }
    for (const name of ['quotes', 'contracts', 'invoices'])
      await tx.db.execute(sql`update ${tableNamed(name)} r set account_id = ${anyOf('accounts', 3)}`)
    await tx.db.execute(sql`update crm.event_dates r
      set event_id = case when hashtext(id::text) % 2 = 0 then ${anyOf('events', 3)} end,
        opportunity_id = case when hashtext(id::text) % 2 <> 0 then ${anyOf('opportunities', 3)} end`)
    const credited = sql`hashtext(o.id::text) % 3 <> 0`
    await tx.db
      .execute(sql`update crm.invoices r set kind = 'credit_note', credits_invoice_id = ${anyOf('invoices', 4, credited)}
      where hashtext(r.id::text) % 3 = 0`)
    await tx.db.execute(sql`insert into crm.locations (name, time_zone) values ('Hall', 'UTC')`)
    for (const [place, [entity, table]] of targets.entries())
      await tx.db.execute(sql`
        insert into crm.record_links (communication_id, ${sql.identifier(`${entity}_id`)})
        select r.id, ${anyOf(table, 10 + place)} from crm.communications r
        where abs(hashtext(r.id::text || ${entity}::text)) % ${targets.length}::integer < 2`)
    await tx.db.execute(sql`
      update crm.attachments r set communication_id = m.id, created_by = m.created_by
      from crm.communications m where hashtext(r.id::text) % 3 = 0
        and m.id = ${anyOf('communications', 20)}`)
    await tx.db.execute(sql`
      insert into crm.payments (account_id, status, amount_minor, currency, method, received_at, idempotency_key, reference, created_by)
      select ${anyOf('accounts', 5)}, 'succeeded', 10 + n % 6, 'EUR', 'cash', now() - n % 7 * interval '1 day', n,
        'Alder ' || n, ${any(1)}
      from (select n, gen_random_uuid() as id from generate_series(1, 60) n) r`)
    await tx.db.execute(sql`
      insert into crm.payments (account_id, kind, refunds_payment_id, status, amount_minor, currency, method, received_at,
        idempotency_key, created_by)
      select ${anyOf('accounts', 8)}, 'refund', ${anyOf('payments', 9)}, 'succeeded', 1, 'EUR', 'cash', now(), 'back ' || n, ${any(1)}
      from (select n, gen_random_uuid() as id from generate_series(1, 20) n) r`)
    for (const salt of [6, 7])
      await tx.db.execute(sql`insert into crm.payment_allocations (payment_id, invoice_id, amount_minor)
        select r.id, ${anyOf('invoices', salt)}, 1 from crm.payments r where kind = 'payment' and hashtext(r.id::text) % 3 <> 0
        on conflict do nothing`)
  })
}

/** The column that names whose a row is before its author counts, where there is one. */
const ownerIn: Record<string, string | undefined> = {
  accounts: 'owner_id',
  contacts: 'owner_id',
  leads: 'owner_id',
  opportunities: 'owner_id',
  events: 'owner_id',
  tasks: 'assignee_id',
}

/** What messages are about. */
const targets = [
  ['account', 'accounts'],
  ['contact', 'contacts'],
  ['lead', 'leads'],
  ['opportunity', 'opportunities'],
  ['event', 'events'],
  ['quote', 'quotes'],
  ['contract', 'contracts'],
  ['invoice', 'invoices'],
  ['location', 'locations'],
] as const

/** The ids of what these people's own is, as it would be told to a person. */
async function seenBy({ database }: Desk, table: string, people: readonly string[]): Promise<Set<string>> {
  const theirs = (person: SQL) => sql`${person} = any(${`{${people.join()}}`}::uuid[])`
  const owned = (name: string, id: SQL) =>
    sql`exists (select from ${tableNamed(name)} o where o.id = ${id} and ${theirs(sql`coalesce(o.owner_id, o.created_by)`)})`
  const document = (d: SQL) => sql`(${theirs(sql`${d}.created_by`)} or ${owned('accounts', sql`${d}.account_id`)})`
  const invoice = (i: SQL) => sql`(${document(i)} or exists (
    select from crm.invoices c where c.id = ${i}.credits_invoice_id and ${document(sql`c`)}))`
  const about = (m: SQL) => sql`exists (select from crm.record_links l where l.communication_id = ${m}.id and (
    ${owned('accounts', sql`l.account_id`)} or ${owned('contacts', sql`l.contact_id`)} or ${owned('leads', sql`l.lead_id`)}
    or ${owned('opportunities', sql`l.opportunity_id`)} or ${owned('events', sql`l.event_id`)}
    or exists (select from crm.quotes q where q.id = l.quote_id and ${document(sql`q`)})
    or exists (select from crm.contracts c where c.id = l.contract_id and ${document(sql`c`)})
    or exists (select from crm.invoices i where i.id = l.invoice_id and ${invoice(sql`i`)})))`
  const message = (m: SQL) =>
    sql`(${theirs(sql`${m}.created_by`)} or ${m}.created_by is null and ${people.length > 0} and ${about(m)})`
  const conditions: Record<string, SQL> = {
    communications: message(sql`r`),
    attachments: sql`case when r.communication_id is null then ${theirs(sql`r.created_by`)}
      else exists (select from crm.communications m where m.id = r.communication_id and ${message(sql`m`)}) end`,
    quotes: document(sql`r`),
    contracts: document(sql`r`),
    invoices: invoice(sql`r`),
    payments: sql`exists (select from crm.payments p where p.id in (r.id, r.refunds_payment_id) and (${document(sql`p`)}
      or exists (select from crm.payment_allocations l join crm.invoices i on i.id = l.invoice_id
        where l.payment_id = p.id and ${invoice(sql`i`)})))`,
    event_dates: sql`${owned('events', sql`r.event_id`)} or ${owned('opportunities', sql`r.opportunity_id`)}`,
  }
  const owner = ownerIn[table]
  const own = theirs(owner === undefined ? sql`created_by` : sql`coalesce(${sql.identifier(owner)}, created_by)`)
  const rows = await database.transaction((tx) =>
    tx.db.execute<{ id: string }>(sql`select id from ${tableNamed(table)} r where ${conditions[table] ?? own}`),
  )
  return new Set(rows.map(({ id }) => id))
}

async function pagesOf(desk: Desk, list: AnyList, query: object): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null | undefined
  do {
    const page = await list.page(desk.read, { ...query, ...(cursor !== undefined && { cursor }) })
    ids.push(...page.rows.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== null)
  return ids
}

function limitsTo(people: readonly string[]) {
  const see = Object.fromEntries(LimitedKind.options.map((kind) => [kind, people]))
  return { see, change: see }
}

function tableNamed(name: string) {
  return sql`${sql.identifier('crm')}.${sql.identifier(name)}`
}

function byName(name: string): AnyList {
  const list = lists.find((candidate) => candidate.name === name)
  if (!list) throw new Error(`there is no list of ${name}`)
  return list
}
