import type { Event } from '@tenantry/contracts/events'
import type { Mail } from '@tenantry/contracts/mail'
import type { Page } from '@tenantry/contracts/pages'
import type { PublicContract } from '@tenantry/contracts/public-links'
import type { Quote } from '@tenantry/contracts/quotes'
import type { Booking, Resource } from '@tenantry/contracts/resources'
import { randomUUID } from 'node:crypto'
import type { Clerk } from '../clerk.ts'
import { onlyOneOf, refusedAs } from '../refusals.ts'
import { count, dayFromNow, shareOut, type Year } from '../year.ts'
import { changeMinds } from './change-minds.ts'
import { at, settleDate, type Customer } from './win-customers.ts'

/** Dates are held, quotes go out by mail, and customers accept, sign and pay by their links. */
export async function sell(year: Year, customers: readonly Customer[]): Promise<void> {
  const resources = await buyResources(year)
  const buyers = customers.filter(({ opportunity }) => opportunity.outcome === null).slice(0, year.sizes.events)
  if (buyers.length < year.sizes.events) throw new Error('too few leads for that many events')
  await shareOut(year, buyers, async (buyer, clerk, index) => {
    // As many on a day as there are resources: each evening is sold out, and none is sold twice.
    const day = dayFromNow(40 + 2 * Math.floor(index / resources.length))
    await holdDate(year, clerk, { buyer, day, resource: resources[index % resources.length] })
    const quote = await offer(year, clerk, buyer, index)
    const acceptAgain = async (revision: Quote) => accept(year, await mailQuote(year, clerk, revision, buyer), index)
    const token = await acceptAgain(quote)
    await sign(year, await changeMinds(year, clerk, { quoteId: quote.id, token, index, acceptAgain }), index)
  })
  await runEvents(year, buyers)
}

async function buyResources(year: Year): Promise<Resource[]> {
  const make = (input: object) => year.owner.mutate<Resource>('resources.create', input)
  const booths = [
    await make({ name: 'Booth 1', kind: 'equipment', bufferBeforeMinutes: 30, bufferAfterMinutes: 30 }),
    await make({ name: 'Booth 2', kind: 'equipment', serialNumber: 'B-2' }),
    await make({ name: 'Kim', kind: 'staff' }),
  ]
  const printer = await make({ name: 'Printer', kind: 'equipment' })
  const set = await make({ name: 'Booth with printer', kind: 'equipment', memberIds: [printer.id] })
  await year.owner.mutate('bookings.blackOut', {
    resourceId: printer.id,
    from: `${dayFromNow(5)}T08:00:00Z`,
    until: `${dayFromNow(6)}T08:00:00Z`,
    reason: 'Repair',
  })
  return [...booths, set]
}

async function holdDate(
  year: Year,
  clerk: Clerk,
  { buyer, day, resource }: { buyer: Customer; day: string; resource: Resource | undefined },
): Promise<void> {
  const date = await settleDate(year, buyer, day)
  const hold = { resourceId: resource?.id, eventDateId: date.id }
  // Two hold the same for the same date: it is held once.
  await onlyOneOf(
    [0, 1].map(() => clerk.change<Booking[]>('bookings', 'book', hold)),
    ['CONFLICT'],
  )
  count(year, 'dates held')
}

const rates = [190_000, 70_000, 0]

async function offer(year: Year, clerk: Clerk, { accountId, contactId, opportunity }: Customer, index: number) {
  const { random } = year
  const line = (name: string) => ({
    name,
    quantity: `${1 + random(4)}.${String(random(1000)).padStart(3, '0')}`,
    unitPriceMinor: 1_000 + random(90_000),
    discountMinor: random(4) === 0 ? random(500) : 0,
    taxPpm: rates[random(rates.length)],
  })
  const draft = await clerk.create<Quote>('quotes', {
    accountId,
    contactId,
    opportunityId: opportunity.id,
    title: `Evening ${index}`,
    currency: opportunity.currency,
    depositPpm: [0, 250_000, 333_333, 1_000_000][index % 4],
    instalments: 1 + (index % 3),
    validUntil: dayFromNow(30),
    lines: [line('Booth'), line('Attendant')],
  })
  const extras = { ...line('Guest book'), isOptional: true, isSelected: index % 2 === 0 }
  const lines = [line('Booth'), line('Attendant'), line('Travel'), extras]
  let quote = await clerk.change<Quote>('quotes', 'patch', { ...at(draft), patch: { lines } })
  if (index % 5 === 3) {
    // It goes out, is thought over, and goes out again as another revision.
    const { quote: sent } = await clerk.change<{ quote: Quote }>('quotes', 'send', at(quote))
    await refusedAs(clerk.change('quotes', 'patch', { ...at(sent), patch: { terms: 'Other ones' } }), 'RULE_VIOLATED')
    const revision = await clerk.change<Quote>('quotes', 'revise', at(sent))
    quote = await clerk.change('quotes', 'patch', { ...at(revision), patch: { lines: lines.slice(0, 3) } })
    count(year, 'quotes revised')
  }
  return quote
}

async function mailQuote(year: Year, clerk: Clerk, quote: Quote, { email }: Customer): Promise<Mail> {
  const letter = { to: email, message: 'As discussed.', idempotencyKey: randomUUID() }
  const mail = await clerk.change<Mail>('quotes', 'mail', { ...at(quote), ...letter })
  // Whoever asks again with the same key gets the same mail.
  const same = await clerk.change<Mail>('quotes', 'mail', { ...at(quote), ...letter })
  if (same.id !== mail.id) throw new Error('one letter became two mails')
  count(year, 'quotes sent by mail')
  return mail
}

/** The customer opens the link of the mail. Gives the token of the contract. */
async function accept(year: Year, mail: Mail, index: number): Promise<string> {
  const { customer, mailbox } = year
  const token = await mailbox.tokenIn(mail.id)
  const ask = (procedure: string, more = {}) =>
    customer.mutate<{ contractToken: string | null }>(procedure, { token, ...more })
  await ask('public.seeQuote')
  // A double click: the quote is accepted once.
  const clicks = Array.from({ length: index % 3 === 0 ? 2 : 1 }, () =>
    ask('public.acceptQuote', { name: `Customer ${index}` }),
  )
  const accepted = await onlyOneOf(clicks, ['RULE_VIOLATED', 'CONFLICT', 'STALE_WRITE'])
  count(year, 'quotes accepted')
  // Some close the page, and come back to their contract by the quote.
  const { contractToken } = index % 4 === 0 ? await ask('public.openContract') : accepted
  if (contractToken === null) throw new Error('an accepted quote has no contract')
  return contractToken
}

async function sign(year: Year, token: string, index: number): Promise<void> {
  const { customer } = year
  const contract = await customer.mutate<PublicContract>('public.contract', { token })
  const { bodySha256, consents } = contract
  const signature =
    index % 2 === 0
      ? { kind: 'typed', value: contract.signer.name, consent: consents.typed }
      : { kind: 'drawn', value: `M60 150L140 40L220 150M90 110L${190 + (index % 300)} 110`, consent: consents.drawn }
  const others = { ...signature, consent: 'I agree to whatever it is.' }
  await refusedAs(customer.mutate('public.signContract', { token, signature: others, bodySha256 }), 'RULE_VIOLATED')
  const wrong = { token, signature, bodySha256: bodySha256.replaceAll(/[0-9]/g, 'a') }
  await refusedAs(customer.mutate('public.signContract', wrong), 'RULE_VIOLATED')
  const signed = await customer.mutate<{ invoiceToken: string | null }>('public.signContract', {
    token,
    signature,
    bodySha256,
  })
  count(year, 'contracts signed')
  const { invoiceToken } = signed
  if (invoiceToken === null) return
  const idempotencyKey = randomUUID()
  const source = index % 7 === 6 ? 'test_declined' : 'test_card'
  const pay = () => customer.mutate('public.payInvoice', { token: invoiceToken, source, idempotencyKey })
  if (source === 'test_declined') {
    await pay()
    count(year, 'payments declined')
    return
  }
  // The customer's connection was bad, and the browser asked again.
  await Promise.all([pay(), pay()])
  count(year, 'payments by link')
}

/** Evenings come and go: some are over, some never take place. */
async function runEvents(year: Year, buyers: readonly Customer[]): Promise<void> {
  await shareOut(year, buyers, async ({ opportunity }, clerk, index) => {
    const filters = { opportunityId: opportunity.id }
    const { rows } = await year.owner.query<Page<Event>>('events.list', { filters })
    const [event] = rows
    if (event === undefined) throw new Error('an accepted quote has its event')
    count(year, 'events')
    if (index % 6 === 1) {
      const under = await clerk.change<Event>('events', 'setStatus', { ...at(event), status: 'in_progress' })
      await clerk.change('events', 'setStatus', { ...at(under), status: 'completed' })
    } else if (index % 6 === 2) {
      await clerk.change('events', 'setStatus', { ...at(event), status: 'cancelled', reason: 'The hall burnt down' })
      count(year, 'events cancelled')
    } else await clerk.change('events', 'patch', { ...at(event), patch: { guestCount: 50 + index, theme: 'Sea' } })
  })
}
