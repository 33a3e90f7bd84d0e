import { faker } from '@faker-js/faker'
import type { InvoiceLineInput } from '@tenantry/contracts/document-lines'
import { InvoiceInput } from '@tenantry/contracts/invoices'
import type { z } from 'zod'

type GivenLine = z.input<typeof InvoiceLineInput>

/** An invoice of one line for an account. */
export function invoiceInput(given: { accountId: string } & Partial<z.input<typeof InvoiceInput>>): InvoiceInput {
  return InvoiceInput.parse({ currency: 'USD', lines: [invoiceLine()], ...given })
}

/** One line, of 100.00 unless it is told another. */
export function invoiceLine(overrides: Partial<GivenLine> = {}): GivenLine {
  return { name: faker.commerce.productName(), unitPriceMinor: 10_000, ...overrides }
}
