import type { Executor } from '@tenantry/connections/database'
import type { Count, Page } from '@tenantry/contracts/pages'
import { viewedList, type ViewedEntity } from '@tenantry/contracts/viewed-lists'
import { accountInput } from '@tenantry/testing/factories/account'
import { communicationInput } from '@tenantry/testing/factories/communication'
import { contactInput } from '@tenantry/testing/factories/contact'
import { eventInput } from '@tenantry/testing/factories/event'
import { invoiceInput } from '@tenantry/testing/factories/invoice'
import { leadInput } from '@tenantry/testing/factories/lead'
import { locationInput } from '@tenantry/testing/factories/location'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { paymentInput } from '@tenantry/testing/factories/payment'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { quoteInput } from '@tenantry/testing/factories/quote'
import { taskInput } from '@tenantry/testing/factories/task'
import { sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPlacement, type Desk } from '../placements.fixture.ts'
import type { TenantReader } from '../reader.ts'
import type { TenantDb } from '../writer.ts'
import { filterCases, type Columns, type FilterCase, type World } from './filter-cases.fixture.ts'
import { ownOnly } from './kinds.fixture.ts'

/** One filter of one list with the rows that were made for it. */
interface Provoked {
  asked: unknown
  found: string
  passed: string[]
}

const noWorld = new Proxy({}, { get: () => '' }) as World
const filters = Object.entries(filterCases(noWorld)).flatMap(([entity, { filters }]) =>
  Object.keys(filters).map((filter) => [entity as ViewedEntity, filter] as const),
)
const provoked = new Map<string, Provoked>()

let opened: Awaited<ReturnType<typeof openPlacement>>
/** Whose rows they are, and who sees no others. */
let limited: Desk

beforeAll(async () => {
  opened = await openPlacement('shared')
  for (const desk of [opened.theirs, opened.mine]) {
    limited = await desk.limited(ownOnly)
    const world = await limited.write((db) => makeWorld(db, limited.person.id, desk.person.id))
    await desk.database.transaction((tx) => provoke(tx, world))
  }
})
afterAll(() => opened.close())

test.each(filters)('the list of each %s by %s holds what it asks for, and nothing else', async (entity, filter) => {
  const { asked, found, passed } = provoked.get(keyOf(entity, filter)) ?? { asked: '', found: '', passed: [] }
  const query = viewedList(entity).query.parse({ filters: { [filter]: asked }, limit: 200 })
  const [all = [], own = []] = await Promise.all([opened.mine, limited].map(({ read }) => idsIn(read, entity, query)))
  expect(all).toContain(found)
  expect(all.filter((id) => passed.includes(id))).toEqual([])
  // All rows but those that say otherwise are the limited member's own.
  expect(own).toContain(found)
  expect(own.filter((id) => !all.includes(id))).toEqual([])
})

/** What a list holds, which its count agrees with. */
async function idsIn(read: TenantReader, entity: ViewedEntity, query: object): Promise<string[]> {
  const list = listOf(read, entity)
  const [{ rows }, counted] = await Promise.all([list.list(query), list.count(query)])
  expect(counted).toEqual({ count: rows.length, capped: false })
  return rows.map(({ id }) => id)
}

async function makeWorld(db: TenantDb, person: string, colleague: string): Promise<World> {
  const sales = await db.pipelines.create(pipelineInput())
  const other = await db.pipelines.create(pipelineInput({ name: 'Other' }))
  const { id: account } = await db.accounts.create(accountInput())
  const { id: otherAccount } = await db.accounts.create(accountInput())
  const { id: opportunity } = await db.opportunities.create(opportunityInput())
  return {
    person,
    colleague,
    account,
    otherAccount,
    contact: (await db.contacts.create(contactInput())).id,
    opportunity,
    event: (await db.events.create(eventInput({ accountId: account }))).id,
    location: (await db.locations.create(locationInput())).id,
    quote: (await db.quotes.create(quoteInput({ accountId: account }))).id,
    invoice: (await db.invoices.create(invoiceInput({ accountId: account }))).id,
    payment: (await db.payments.record(paymentInput({ accountId: account }))).id,
    lead: (await db.leads.create(leadInput())).id,
    communication: (await db.communications.create(communicationInput())).id,
    task: (await db.tasks.create(taskInput())).id,
    pipeline: sales.id,
    stage: sales.stages[0]?.id ?? '',
    otherPipeline: other.id,
    otherStage: other.stages[0]?.id ?? '',
  }
}

async function provoke(tx: Executor, world: World): Promise<void> {
  let n = 0
  for (const [entity, { table, row, filters }] of Object.entries(filterCases(world)))
    for (const [filter, { asked, found, passed, with: other }] of Object.entries<FilterCase>(filters)) {
      const insertRow = (columns: Columns) => insert(tx, table, { created_by: world.person, ...row(++n), ...columns })
      const id = await insertRow(found)
      if (other) await insert(tx, other.table, { ...other.columns, [other.pointer]: id })
      const missed = []
      for (const columns of passed) missed.push(await insertRow(columns))
      provoked.set(keyOf(entity, filter), { asked, found: id, passed: missed })
    }
}

async function insert(tx: Executor, table: string, given: Columns): Promise<string> {
  const id = v7()
  const row = table === 'payment_allocations' ? given : { id, ...given }
  const columns = sql.join(
    Object.keys(row).map((name) => sql.identifier(name)),
    sql`, `,
  )
  const target = sql`crm.${sql.identifier(table)}`
  await tx.db.execute(sql`insert into ${target} (${columns})
    select ${columns} from jsonb_populate_record(null::${target}, ${JSON.stringify(row)}::jsonb)`)
  return id
}

function keyOf(entity: string, filter: string): string {
  return `${entity} ${filter}`
}

interface AnyList {
  list(query: object): Promise<Page<{ id: string }>>
  count(query: object): Promise<Count>
}

/** The query was made by the list's own contract, which the type of `viewedList` no longer says. */
function listOf(db: TenantReader, entity: ViewedEntity): AnyList {
  const reader: { [Entity in ViewedEntity]: object } = {
    account: db.accounts,
    contact: db.contacts,
    lead: db.leads,
    opportunity: db.opportunities,
    event: db.events,
    event_date: db.eventDates,
    quote: db.quotes,
    contract: db.contracts,
    invoice: db.invoices,
    payment: db.payments,
    task: db.tasks,
    note: db.notes,
    attachment: db.attachments,
    communication: db.communications,
    location: db.locations,
    catalog_item: db.catalogItems,
    resource: db.resources,
  }
  return reader[entity] as AnyList
}
