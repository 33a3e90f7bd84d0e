import type { EventDate } from '@tenantry/contracts/event-dates'
import type { LeadConversion } from '@tenantry/contracts/lead-conversion'
import type { Lead } from '@tenantry/contracts/leads'
import type { Opportunity } from '@tenantry/contracts/opportunities'
import type { Page } from '@tenantry/contracts/pages'
import type { Pipeline } from '@tenantry/contracts/pipelines'
import type { RecordChange } from '@tenantry/contracts/record'
import { onlyOneOf } from '../refusals.ts'
import { count, dayFromNow, shareOut, type Year } from '../year.ts'
import { company } from './found.ts'

/** Somebody who wants something from us. */
export interface Customer {
  accountId: string
  contactId: string
  email: string
  opportunity: Opportunity
}

const currencies = ['EUR', 'EUR', 'USD', 'JPY'] as const
const occasions = ['wedding', 'gala', 'birthday', 'fair'] as const

/** People ask, are answered, and become customers or not. What is decided by two at once is decided by one of them. */
export async function winCustomers(year: Year): Promise<Customer[]> {
  const leads = await receiveLeads(year)
  const customers = new Map<number, Customer>()
  await shareOut(year, leads, async (lead, clerk, index) => {
    const kind = index % 10
    if (kind === 7) return dropLead(year, lead)
    if (kind === 8) {
      const away = await clerk.change<Lead>('leads', 'archive', at(lead))
      await clerk.change('leads', 'unarchive', at(away))
      count(year, 'leads archived and taken back')
      return
    }
    const answered = await clerk.change<Lead>('leads', 'patch', { ...at(lead), patch: { status: 'contacted' } })
    if (kind === 9) return
    const conversion = { ...at(answered), timeZone: company.timeZone, allowDuplicates: true }
    const twice = kind === 0 ? 2 : 1
    const became = await onlyOneOf(
      Array.from({ length: twice }, () => clerk.change<LeadConversion>('leads', 'convert', conversion)),
      ['STALE_WRITE', 'RULE_VIOLATED', 'CONFLICT'],
    )
    count(year, 'leads converted')
    const { accountId, contactId, opportunityId } = became
    if (opportunityId === null) throw new Error('a lead became no opportunity')
    const opportunity = await clerk.byId<Opportunity>('opportunities', opportunityId)
    customers.set(index, { accountId, contactId, email: lead.email ?? '', opportunity })
  })
  await workOnBoard(year, [...customers.values()])
  return [...customers].toSorted(([a], [b]) => a - b).map(([, customer]) => customer)
}

async function receiveLeads(year: Year): Promise<Lead[]> {
  const leads: Lead[] = []
  const inputs = Array.from({ length: year.sizes.leads }, (_, index) => ({
    firstName: `First ${index}`,
    lastName: `Last ${index}`,
    ...(index % 3 === 0 && { kind: 'company', company: `Company ${index}` }),
    email: `customer-${index}@example.com`,
    phone: `+4930${String(1_000_000 + index)}`,
    source: ['Website', 'Fair', 'Referral'][index % 3],
    eventType: occasions[index % occasions.length],
    wantedOn: dayFromNow(30 + index),
    wantedVenue: index % 2 === 0 ? 'At the lake' : null,
    guestCount: 20 + year.random(200),
    budgetMinor: 50_000 + year.random(900_000),
    currency: currencies[index % currencies.length],
    message: index % 5 === 0 ? 'Könnt ihr auch nachts? 🌙' : null,
  }))
  await shareOut(year, inputs, async (input, clerk, index) => {
    leads[index] = await clerk.create<Lead>('leads', input)
    count(year, 'leads')
  })
  return leads
}

/** Nothing comes of it, which somebody takes back, and says again. */
async function dropLead(year: Year, lead: Lead): Promise<void> {
  const { owner } = year
  const reason = { status: 'unqualified', unqualifiedReason: 'Too far away' }
  const dropped = await owner.mutate<Lead>('leads.patch', { ...at(lead), patch: reason })
  const timeline = await owner.query<Page<RecordChange>>('leads.timeline', { id: lead.id, limit: 1 })
  await owner.mutate('leads.undo', { id: lead.id, changeId: timeline.rows[0]?.id })
  const again = await owner.query<Lead>('leads.byId', { id: dropped.id })
  const gone = await owner.mutate<Lead>('leads.patch', { ...at(again), patch: reason })
  const binned = await owner.mutate<Lead>('leads.remove', at(gone))
  if (Number(lead.guestCount) % 2 === 0) await owner.mutate('leads.restore', at(binned))
  count(year, 'leads dropped')
}

/** Opportunities move over the board, change what they are worth, and some are lost. */
async function workOnBoard(year: Year, customers: Customer[]): Promise<void> {
  const [pipeline] = await year.owner.query<Pipeline[]>('pipelines.list', {})
  if (pipeline === undefined) throw new Error('a company begins with a pipeline')
  const open = pipeline.stages.filter(({ kind }) => kind === 'open')
  const lost = pipeline.stages.find(({ kind }) => kind === 'lost')
  await shareOut(year, customers, async (customer, clerk, index) => {
    let { opportunity } = customer
    const { id } = opportunity
    const steps = 1 + year.random(open.length)
    for (const stage of open.slice(1, steps)) {
      opportunity = await clerk.change('opportunities', 'move', { ...at(opportunity), stageId: stage.id })
      count(year, 'moves on the board')
    }
    const patch = { expectedCloseOn: dayFromNow(20 + index), amountMinor: opportunity.amountMinor + year.random(5_000) }
    opportunity = await clerk.change('opportunities', 'patch', { ...at(opportunity), patch })
    if (index % 4 === 1) {
      // Two change the same opportunity without having read what the other wrote.
      const probability = 5 + year.random(90)
      opportunity = await onlyOneOf(
        [probability, probability + 1].map((odds) =>
          clerk.change<Opportunity>('opportunities', 'patch', { ...at(opportunity), patch: { probability: odds } }),
        ),
        ['STALE_WRITE'],
      )
      count(year, 'stale writes refused')
    }
    if (index % 6 === 5 && lost !== undefined) {
      opportunity = await clerk.change('opportunities', 'move', {
        ...at(opportunity),
        stageId: lost.id,
        lostReason: 'Too dear',
      })
      count(year, 'opportunities lost')
    }
    customer.opportunity = await clerk.byId('opportunities', id)
  })
}

/** The date that a lead wished for, made one with hours. */
export async function settleDate(year: Year, { opportunity }: Customer, day: string): Promise<EventDate> {
  const { owner } = year
  const filters = { opportunityId: opportunity.id }
  const { rows } = await owner.query<Page<EventDate>>('eventDates.list', { filters })
  const [wished] = rows
  if (wished === undefined) throw new Error('a wished day is a date of the opportunity')
  const hours = { startTime: '18:00', endTime: '01:30', endsNextDay: true, setupMinutes: 90, teardownMinutes: 60 }
  return owner.mutate('eventDates.patch', { ...at(wished), patch: { localDate: day, ...hours, notes: null } })
}

export function at<Id extends string>({ id, version }: { id: Id; version: number }): { id: Id; version: number } {
  return { id, version }
}
