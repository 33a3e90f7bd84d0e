import type { Page } from '@playwright/test'
import type { PublicContract } from '@tenantry/contracts/public-links'
import { randomUUID } from 'node:crypto'
import { unique } from './new-account.ts'

export interface SentQuote {
  id: string
  number: string
  version: number
  /** Of its link. */
  token: string
  customer: string
  /** Of whoever signs. */
  signer: string
  email: string
}

/** A quote to a customer of its own, sent by whoever is signed in, as a program does. */
export async function sentQuote(page: Page, currency = 'USD', more: object = {}): Promise<SentQuote> {
  const customer = unique('Byron Hall')
  const lastName = unique('Byron').replace(' ', '-')
  const email = `ada-${randomUUID().slice(0, 8)}@example.com`
  const account = await call<Id>(page, 'accounts.create', { name: customer })
  const points = [{ kind: 'email', value: email, isPrimary: true }]
  const contact = await call<Id>(page, 'contacts.create', { firstName: 'Ada', lastName, points })
  const draft = await call<Id & { version: number }>(page, 'quotes.create', {
    accountId: account.id,
    contactId: contact.id,
    title: 'Summer party at the old harbor',
    currency,
    ...more,
    depositPpm: 300_000,
    instalments: 2,
    terms: 'Travel within 30 miles is included.\nA cancellation is free until 30 days before the event.',
    lines: [
      {
        name: 'Photo booth, four hours',
        description: 'With an attendant, props and unlimited prints.',
        unitPriceMinor: 120_000,
        taxPpm: 88_750,
      },
      { name: 'Guest book', quantity: '2', unitPriceMinor: 6_500, discountMinor: 1_000, taxPpm: 88_750 },
      { name: 'Second attendant', unitPriceMinor: 18_000, taxPpm: 88_750, isOptional: true, isSelected: false },
    ],
  })
  const sent = { id: draft.id, version: draft.version }
  const { quote, token } = await call<{ quote: Sent; token: string }>(page, 'quotes.send', sent)
  const { id, number, version } = quote
  return { id, number, version, token, customer, signer: `Ada ${lastName}`, email }
}

/** Where the documents that follow from a quote of whoever is signed in are opened. */
export async function documentAddresses(page: Page, currency?: string): Promise<{ name: string; path: string }[]> {
  const { token } = await sentQuote(page, currency)
  const agreed = await sentQuote(page, currency)
  const { contractToken } = await call<{ contractToken: string }>(page, 'public.acceptQuote', {
    token: agreed.token,
    name: agreed.signer,
  })
  const signed = await sentQuote(page, currency)
  const next = await call<{ contractToken: string }>(page, 'public.acceptQuote', { token: signed.token, name: 'Ada' })
  const { bodySha256, consents } = await call<PublicContract>(page, 'public.contract', { token: next.contractToken })
  const { invoiceToken } = await call<{ invoiceToken: string }>(page, 'public.signContract', {
    token: next.contractToken,
    signature: {
      kind: 'drawn',
      value: 'M60 150L140 40L220 150M90 110L190 110M260 150L420 60L560 140',
      consent: consents.drawn,
    },
    bodySha256,
  })
  return [
    { name: 'public-quote', path: `/public/quote#${token}` },
    { name: 'public-quote-accepted', path: `/public/quote#${agreed.token}` },
    { name: 'public-contract', path: `/public/contract#${contractToken}` },
    { name: 'public-quote-withdrawn', path: `/public/quote#${await withdrawnQuote(page, currency)}` },
    { name: 'public-contract-signed', path: `/public/contract#${next.contractToken}` },
    { name: 'public-invoice', path: `/public/invoice#${invoiceToken}` },
    { name: 'public-invalid', path: '/public/invoice#no-such-link' },
  ]
}

/** One that was accepted, and taken back. */
async function withdrawnQuote(page: Page, currency: string | undefined): Promise<string> {
  const { id, version, token, signer } = await sentQuote(page, currency)
  const { quote } = await call<{ quote: Sent }>(page, 'quotes.accept', { id, version, name: signer })
  await call(page, 'quotes.withdraw', { id, version: quote.version, reason: 'The hall is closed that evening' })
  return token
}

/** Another link in the same tab is only another hash, for which no page is loaded. */
export async function openLink(page: Page, path: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(path)
  await page.getByText('One moment').waitFor({ state: 'hidden' })
}

/** A mutation, or a call by a link, over HTTP. */
export async function call<Answer>(page: Page, path: string, input: object): Promise<Answer> {
  const answer = await page.request.post(`/api/trpc/${path}`, { data: input })
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
  // The caller names what its own call answers.
  return ((await answer.json()) as { result: { data: Answer } }).result.data
}

type Id = { id: string }
type Sent = Id & { number: string; version: number }
