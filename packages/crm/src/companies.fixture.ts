import type { SessionId } from '@tenantry/contracts/ids'
import type { Quote, QuoteInput } from '@tenantry/contracts/quotes'
import { signatureWordsOf } from '@tenantry/documents/signature-words'
import type { TenantDb } from '@tenantry/tenant-db/types'
import { accountInput } from '@tenantry/testing/factories/account'
import { contactInput } from '@tenantry/testing/factories/contact'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { quoteInput } from '@tenantry/testing/factories/quote'
import { lookInto } from '@tenantry/testing/look-into'
import { createWorld, type World } from '@tenantry/testing/world'
import { mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, describe } from 'vitest'

const slugs = ['alder', 'birch', 'cedar'] as const
type Slug = (typeof slugs)[number]

/** What signers of these companies agree to. */
export const { consent: agreed } = signatureWordsOf('en-GB')

/** A company as its own staff uses it. */
export interface Desk {
  write<T>(work: (db: TenantDb) => Promise<T>): Promise<T>
  /** As the superuser, past everything that keeps rows apart; `$1` is the tenant. */
  look<Row extends Record<string, unknown>>(text: string, ...values: unknown[]): Promise<Row[]>
}

/** Runs a suite for a company with a database of its own, and for one that shares its database; another one is around. */
export function forEveryCompany(suite: (desks: () => { mine: Desk; theirs: Desk }) => void): void {
  let world: World<Slug>
  const desks = {} as Record<Slug, Desk>
  beforeAll(async () => {
    const grove = { server: mainServer(), database: 'grove' }
    world = await createWorld(mainServer(), { alder: { server: mainServer() }, birch: grove, cedar: grove })
    for (const slug of slugs) {
      desks[slug] = await deskOf(world, slug)
      await desks[slug].write((db) => db.pipelines.create(pipelineInput()))
    }
  })
  afterAll(() => world.close())
  describe.each(['alder', 'birch'] as const)('for %s', (slug) => {
    suite(() => ({ mine: desks[slug], theirs: desks.cedar }))
  })
}

async function deskOf(world: World<Slug>, slug: Slug): Promise<Desk> {
  const { people, admin, tenantIdInDataSource } = world.tenants[slug]
  const session: SessionId = await world.startSession(people.owner)
  return {
    write: async (work) => world.dataSources.withTenantWriter(await world.grantOf(session), work),
    look: (text, ...values) => lookInto(admin, text, [tenantIdInDataSource, ...values]),
  }
}

/** A quote that was sent for an opportunity with one date, and the date's id. */
export async function offer(desk: Desk, over: Partial<QuoteInput> & { day?: string } = {}) {
  const { day = '2027-06-12', ...fields } = over
  const { quote, opportunityId, contact } = await desk.write(async (db) => {
    const account = await db.accounts.create(accountInput())
    const customer = await db.contacts.create(contactInput())
    const opportunity = await db.opportunities.create(opportunityInput({ accountId: account.id }))
    const given = { accountId: account.id, contactId: customer.id, opportunityId: opportunity.id, ...fields }
    return { quote: await send(db, quoteInput(given)), opportunityId: opportunity.id, contact: customer }
  })
  const [date] = await desk.look<{ id: string }>(
    `insert into crm.event_dates (tenant_id, opportunity_id, local_date, start_time, end_time, time_zone, setup_minutes)
     values ($1, $2, $3, '18:00', '23:00', 'Europe/Berlin', 60) returning id`,
    opportunityId,
    day,
  )
  return { quote, opportunityId, contact, dateId: date?.id ?? '' }
}

export async function send(db: TenantDb, input: QuoteInput): Promise<Quote> {
  return db.quotes.send(await db.quotes.create(input))
}

export async function resource(desk: Desk): Promise<string> {
  const [row] = await desk.look<{ id: string }>(
    `insert into crm.resources (tenant_id, name, kind) values ($1, 'Booth', 'equipment') returning id`,
  )
  return row?.id ?? ''
}

/** A hold of some rank, or a booking, for all the time that a date takes. */
export async function book(
  desk: Desk,
  [resourceId, dateId]: [string, string],
  { rank, expiresAt = null }: { rank: number | null; expiresAt?: string | null },
): Promise<void> {
  await desk.look(
    `insert into crm.resource_bookings (tenant_id, resource_id, event_date_id, state, hold_rank, hold_expires_at, blocked_range)
     select $1, $2, id, case when $4::int is null then 'confirmed' else 'hold' end, $4, $5::timestamptz, blocked_range
     from crm.event_dates where id = $3`,
    resourceId,
    dateId,
    rank,
    expiresAt,
  )
}
