import type { Contract } from '@tenantry/contracts/contracts'
import type { Page } from '@tenantry/contracts/pages'
import type { Quote } from '@tenantry/contracts/quotes'
import type { Clerk } from '../clerk.ts'
import { onlyOneOf, refusedAs } from '../refusals.ts'
import { count, type Year } from '../year.ts'
import { at } from './win-customers.ts'

interface Agreement {
  quoteId: string
  /** Of the contract. */
  token: string
  index: number
  /** Sends another revision to the customer, who accepts it. Gives the token of its contract. */
  acceptAgain: (revision: Quote) => Promise<string>
}

/**
 * What was accepted does not always stay: customers decline their contract, and the company voids one or takes the whole
 * acceptance back. Each finds a way on. Gives the token of the contract that is signed in the end.
 */
export async function changeMinds(year: Year, clerk: Clerk, agreement: Agreement): Promise<string> {
  const { quoteId, token, index, acceptAgain } = agreement
  const { customer, owner } = year
  const quote = await clerk.byId<Quote>('quotes', quoteId)
  switch (index % 10) {
    case 2:
      await customer.mutate('public.declineContract', { token, reason: 'Their name is wrong' })
      count(year, 'contracts declined')
      return issueAgain(clerk, quote)
    case 3: {
      const { rows } = await owner.query<Page<Contract>>('contracts.list', { filters: { quoteId } })
      const [contract] = rows
      if (contract === undefined) throw new Error('an accepted quote has its contract')
      await refusedAs(clerk.change('quotes', 'issueContract', at(quote)), 'RULE_VIOLATED')
      await clerk.change('contracts', 'void', { ...at(contract), reason: 'Our name was wrong' })
      count(year, 'contracts voided')
      return issueAgain(clerk, quote)
    }
    case 4: {
      const withdrawal = { ...at(quote), reason: 'The price was of last year' }
      // A double click: it is taken back once.
      const { quote: withdrawn } = await onlyOneOf(
        [0, 1].map(() => clerk.change<{ quote: Quote }>('quotes', 'withdraw', withdrawal)),
        ['RULE_VIOLATED', 'STALE_WRITE'],
      )
      const { consents, bodySha256 } = await customer.mutate<SignedText>('public.contract', { token })
      const signature = { kind: 'typed', value: 'Too late', consent: consents.typed }
      await refusedAs(customer.mutate('public.signContract', { token, signature, bodySha256 }), 'RULE_VIOLATED')
      count(year, 'acceptances withdrawn')
      return acceptAgain(await clerk.change<Quote>('quotes', 'revise', at(withdrawn)))
    }
    default:
      return token
  }
}

async function issueAgain(clerk: Clerk, quote: Quote): Promise<string> {
  const contract = await clerk.change<Contract>('quotes', 'issueContract', at(quote))
  const { links } = await clerk.change<{ links: { token: string }[] }>('contracts', 'send', at(contract))
  const [link] = links
  if (link === undefined) throw new Error('nobody signs a contract')
  return link.token
}

interface SignedText {
  bodySha256: string
  consents: { typed: string }
}
