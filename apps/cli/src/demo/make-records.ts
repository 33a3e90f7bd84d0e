import type { AccountInput } from '@tenantry/contracts/accounts'
import type { ContactInput } from '@tenantry/contracts/contacts'
import type { OpportunityInput } from '@tenantry/contracts/opportunities'
import { firstNames, lastNames } from './names.ts'
import { Random } from './random.ts'
import type { Company, Offer, Place, Trade } from './trades/trade.ts'

/** Records that point at each other by their place in the lists; ids and owners come when they are written. */
export interface DemoRecords {
  accounts: AccountInput[]
  contacts: { input: ContactInput; account: number }[]
  opportunities: DemoOpportunity[]
}

export interface DemoOpportunity {
  input: OpportunityInput
  account: number
  contact: number | undefined
  /** Names of the stages it went through, the first being where it starts. */
  path: string[]
  lostReason: string | undefined
}

/** Everything but the dates depends on the seed alone; dates are counted from `today` (`YYYY-MM-DD`). */
export function makeRecords(
  trade: Trade,
  {
    seed,
    accounts,
    contacts,
    opportunities,
  }: { seed: number; accounts: number; contacts: number; opportunities: number },
  today: string,
): DemoRecords {
  const random = new Random(seed)
  const customers = Array.from({ length: accounts }, (_, index) => makeCustomer(trade, random, index))
  const people = Array.from({ length: contacts }, (_, index) => makeContact(customers, random, index))
  return {
    accounts: customers.map((customer) => customer.account),
    contacts: people,
    opportunities: Array.from({ length: opportunities }, () =>
      makeOpportunity(trade, customers, people, random, today),
    ),
  }
}

interface Customer {
  account: AccountInput
  place: Place
  company: Company | undefined
  /** The couple or person of a private customer. */
  hosts: [Name, ...Name[]]
}
interface Name {
  first: string
  last: string
}

/** Companies first, each once, then couples and families. */
function makeCustomer(trade: Trade, random: Random, index: number): Customer {
  const place = random.pick(trade.places)
  const company = trade.companies[index]
  const hosts: [Name, Name] = [pickName(random), pickName(random)]
  const name = company?.name ?? `${hosts[0].first} ${hosts[0].last} & ${hosts[1].first} ${hosts[1].last}`
  const domain = `${hostLabel(name)}.example`
  const account: AccountInput = {
    name,
    kind: company ? 'company' : 'person',
    status: random.chance(0.92) ? 'active' : 'inactive',
    email: company ? `hello@${domain}` : `${hostLabel(hosts[0].first)}@${domain}`,
    phone: phoneOf(place, random),
    source: random.pick(trade.sources),
    defaultCurrency: trade.currency,
    billingLine1: `${random.between(1, 980)} ${random.pick(place.streets)}`,
    billingCity: place.city,
    billingRegion: place.region,
    billingPostalCode: place.postalCode,
    billingCountry: place.country,
    timeZone: place.timeZone,
    locale: place.locale,
    ...(company && {
      website: `https://${domain}`,
      industry: company.industry,
      paymentTermsDays: random.pick([14, 30, 30, 45]),
    }),
  }
  return { account, place, company, hosts }
}

/** Every account has somebody; who is left belongs to companies. */
function makeContact(customers: Customer[], random: Random, index: number): DemoRecords['contacts'][number] {
  const companies = customers.filter((customer) => customer.company !== undefined)
  const customer = customers[index] ?? companies[index % Math.max(1, companies.length)] ?? customers[0]
  if (customer === undefined) throw new Error('contacts need accounts')
  const name = customer.company ? pickName(random) : customer.hosts[0]
  const domain = customer.account.email?.split('@')[1] ?? 'mail.example'
  const points: NonNullable<ContactInput['points']> = [
    {
      kind: 'email',
      value: `${hostLabel(name.first)}.${hostLabel(name.last)}@${domain}`,
      label: customer.company ? 'Work' : 'Private',
      isPrimary: true,
    },
    ...(random.chance(0.8)
      ? [{ kind: 'phone' as const, value: phoneOf(customer.place, random), label: 'Mobile', isPrimary: true }]
      : []),
    ...(random.chance(0.15)
      ? [{ kind: 'phone' as const, value: phoneOf(customer.place, random), label: 'Office', isPrimary: false }]
      : []),
  ]
  const input: ContactInput = {
    firstName: name.first,
    lastName: name.last,
    jobTitle: customer.company ? random.pick(customer.company.titles) : null,
    timeZone: customer.place.timeZone,
    locale: customer.place.locale,
    points: points.filter(isFirstOfItsValue),
  }
  if (random.chance(0.04)) input.doNotContact = true
  return { input, account: customers.indexOf(customer) }
}

/** The ranges of numbers kept for fiction are small: two of one person may come out the same. */
function isFirstOfItsValue(point: { value: string }, index: number, all: { value: string }[]): boolean {
  return all.findIndex((other) => other.value === point.value) === index
}

function makeOpportunity(
  trade: Trade,
  customers: Customer[],
  people: DemoRecords['contacts'],
  random: Random,
  today: string,
): DemoOpportunity {
  const account = random.between(0, customers.length - 1)
  const customer = customers[account]
  if (customer === undefined) throw new Error('opportunities need accounts')
  const offer = pickOffer(trade, customer, random)
  const contact = people.findIndex((person) => person.account === account)
  const path = pickPath(trade, random)
  const isClosed = trade.pipeline.stages.find((stage) => stage.name === path.at(-1))?.kind !== 'open'
  const [least, most] = offer.price
  return {
    input: {
      name: offer.name.replace('{who}', shortName(customer)),
      // Whole tens of the currency: nobody offers 1,237.41.
      amountMinor: random.between(least / 10, most / 10) * 1000,
      currency: trade.currency,
      expectedCloseOn: addDays(today, isClosed ? -random.between(2, 90) : random.between(-5, 75)),
      nextStep: isClosed ? null : random.pick(trade.nextSteps),
      eventType: offer.eventType,
    },
    account,
    contact: contact === -1 ? undefined : contact,
    path,
    lostReason: path.at(-1) === lastStage(trade) ? random.pick(trade.lostReasons) : undefined,
  }
}

function pickOffer(trade: Trade, customer: Customer, random: Random): Offer {
  const suitable = trade.offers.filter((offer) => offer.buyer === (customer.company ? 'company' : 'private'))
  const [first = trade.offers[0], ...rest] = suitable
  return random.pick([first, ...rest])
}

/** Through the open stages in order: most are still under way, some are won, some lost from anywhere. */
function pickPath(trade: Trade, random: Random): string[] {
  const open = trade.pipeline.stages.filter((stage) => stage.kind === 'open').map((stage) => stage.name)
  const won = trade.pipeline.stages.find((stage) => stage.kind === 'won')?.name
  const reached = open.slice(0, random.between(1, open.length))
  const fate = random.fraction()
  if (fate < 0.22 && won !== undefined) return [...open, won]
  return fate < 0.35 ? [...reached, lastStage(trade)] : reached
}

function lastStage(trade: Trade): string {
  return trade.pipeline.stages.find((stage) => stage.kind === 'lost')?.name ?? ''
}

/** `Harper & Lowe` for a couple, the whole name for a company. */
function shortName(customer: Customer): string {
  return customer.company?.name ?? customer.hosts.map((host) => host.last).join(' & ')
}

function pickName(random: Random): Name {
  return { first: random.pick(firstNames), last: random.pick(lastNames) }
}

function phoneOf(place: Place, random: Random): string {
  const missing = place.phonePrefix.startsWith('+1') ? 1 : 3
  return place.phonePrefix + String(random.between(0, 10 ** missing - 1)).padStart(missing, '0')
}

function hostLabel(text: string): string {
  const plain = text
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
  return plain
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
