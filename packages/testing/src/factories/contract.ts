import { faker } from '@faker-js/faker'
import { ContractInput } from '@tenantry/contracts/contracts'
import type { z } from 'zod'

/** A contract that one person is to sign. */
export function contractInput(given: { accountId: string } & Partial<z.input<typeof ContractInput>>): ContractInput {
  return ContractInput.parse({
    title: `Contract about ${faker.commerce.productName()}`,
    bodyHtml: '<h1>Contract</h1><p>We come, you pay.</p>',
    signers: [{ name: faker.person.fullName(), email: faker.internet.email({ provider: 'example.com' }) }],
    ...given,
  })
}
