import type { Contract } from '@tenantry/contracts/contracts'
import type { PublicContract } from '@tenantry/contracts/public-links'
import { randomUUID } from 'node:crypto'
import type { HttpCaller } from './caller.ts'
import type { Target } from './inputs.ts'

/** What has left the house, and what was paid. */
export type DocumentTarget =
  | 'sent quotes'
  | 'accepted quotes'
  | 'accepted quotes without a contract'
  | 'sent contracts'
  | 'issued invoices'
  | 'recorded payments'
  | 'pending payments'

type Row = { id: string; version: number }

/** The input of something that belongs to an account, which is made for it. */
export function ofAccount<Input extends object>(input: (words: string) => Input) {
  return async (words: string, owner: HttpCaller) => {
    const { id: accountId } = await owner.data<Row>('accounts.create', { name: words })
    return { accountId, ...input(words) }
  }
}

export const toSign = { bodyHtml: '<p>We come, you pay.</p>', signers: [{ name: 'Ada', email: 'ada@example.com' }] }
const worth = { currency: 'EUR', lines: [{ name: 'Booth', unitPriceMinor: 100 }] }

/** Makes a document through the procedures, as an owner does, with its link and one to a document of another kind. */
export async function makeDocument(
  owner: HttpCaller,
  wanted: DocumentTarget,
  { words, missing }: { words: string; missing: Target },
): Promise<Target> {
  const { id: accountId } = await owner.data<Row>('accounts.create', { name: words })
  switch (wanted) {
    case 'sent quotes':
      return {
        ...missing,
        ...(await sendQuote(owner, { accountId, title: words })),
        otherToken: await invoiceToken(owner, accountId),
      }
    case 'accepted quotes':
      return { ...missing, ...(await acceptQuote(owner, { accountId, title: words })).quote }
    case 'accepted quotes without a contract': {
      const { quote, contract } = await acceptQuote(owner, { accountId, title: words })
      await owner.data('contracts.remove', { id: contract.id, version: contract.version })
      return { ...missing, ...quote }
    }
    case 'sent contracts':
      return {
        ...missing,
        ...(await sendContract(owner, { accountId, title: words })),
        otherToken: await invoiceToken(owner, accountId),
      }
    case 'issued invoices': {
      const { token: otherToken } = await sendQuote(owner, { accountId, title: words })
      return { ...missing, ...(await issueInvoice(owner, { accountId, poNumber: words })), otherToken }
    }
    case 'recorded payments': {
      const { id: invoiceId } = await issueInvoice(owner, { accountId, poNumber: words })
      const told = { reference: words, method: 'cash', idempotencyKey: randomUUID() }
      const input = { accountId, amountMinor: 100, currency: 'EUR', ...told }
      const { id } = await owner.data<Row>('payments.record', input)
      return { ...missing, id, invoiceId }
    }
    case 'pending payments': {
      const { id: invoiceId, token } = await issueInvoice(owner, { accountId, poNumber: words })
      await owner.data('public.payInvoice', { token, source: 'test_slow', idempotencyKey: randomUUID() })
      const { rows } = await owner.data<{ rows: Row[] }>('payments.list', { filters: { invoiceId } })
      return { ...missing, id: rows[0]?.id ?? '', invoiceId }
    }
  }
}

async function sendQuote(owner: HttpCaller, given: { accountId: string; title: string }) {
  const { id, version } = await owner.data<Row>('quotes.create', { ...given, ...worth })
  const { quote, token } = await owner.data<{ quote: Row; token: string }>('quotes.send', { id, version })
  return { id, version: quote.version, token }
}

/** Nobody can be written to, so that the contract is a draft. */
async function acceptQuote(owner: HttpCaller, given: { accountId: string; title: string }) {
  const { id, version } = await sendQuote(owner, given)
  const { quote, contract } = await owner.data<{ quote: Row; contract: Row }>('quotes.accept', {
    id,
    version,
    name: 'Ada',
  })
  return { quote: { id, version: quote.version }, contract }
}

async function sendContract(owner: HttpCaller, given: { accountId: string; title: string }) {
  const { id, version } = await owner.data<Row>('contracts.create', { ...given, ...toSign })
  const sent = await owner.data<{ contract: Contract; links: { token: string }[] }>('contracts.send', { id, version })
  const { contract, links } = sent
  const token = links[0]?.token ?? ''
  const { bodySha256, consents } = await owner.data<PublicContract>('public.contract', { token })
  return { id, version: contract.version, token, bodySha256, consent: consents.typed }
}

async function issueInvoice(owner: HttpCaller, given: { accountId: string; poNumber: string }) {
  const draft = await owner.data<Row>('invoices.create', { ...given, ...worth })
  const { id, version } = await owner.data<Row>('invoices.issue', { id: draft.id, version: draft.version })
  return { id, version, token: (await owner.data<{ token: string }>('invoices.link', { id })).token }
}

async function invoiceToken(owner: HttpCaller, accountId: string): Promise<string> {
  return (await issueInvoice(owner, { accountId, poNumber: 'Another document' })).token
}
