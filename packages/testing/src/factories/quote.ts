import { faker } from '@faker-js/faker'
import type { QuoteLineInput } from '@tenantry/contracts/document-lines'
import { QuoteInput } from '@tenantry/contracts/quotes'
import type { z } from 'zod'

type GivenLine = z.input<typeof QuoteLineInput>

/** A quote of two lines for an account, 30 % of which is due at once. */
export function quoteInput(given: { accountId: string } & Partial<z.input<typeof QuoteInput>>): QuoteInput {
  return QuoteInput.parse({
    title: `${faker.person.lastName()} wedding`,
    currency: 'USD',
    depositPpm: 300_000,
    lines: [
      quoteLine({ name: 'Photo booth', quantity: '4.5', unitPriceMinor: 15_000, taxPpm: 88_750 }),
      quoteLine({ name: 'Travel', unitPriceMinor: 9_999 }),
    ],
    ...given,
  })
}

/** One line, of 100.00 unless it is told another. */
export function quoteLine(overrides: Partial<GivenLine> = {}): GivenLine {
  return { name: faker.commerce.productName(), unitPriceMinor: 10_000, ...overrides }
}
