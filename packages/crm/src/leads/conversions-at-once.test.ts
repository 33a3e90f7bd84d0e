import { AccountListQuery } from '@tenantry/contracts/accounts'
import { ContactListQuery } from '@tenantry/contracts/contacts'
import { LeadConversionInput } from '@tenantry/contracts/lead-conversion'
import { OpportunityListQuery } from '@tenantry/contracts/opportunities'
import { isTenantryError } from '@tenantry/errors'
import { leadInput } from '@tenantry/testing/factories/lead'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { inEveryPlacement } from '@tenantry/testing/placements'
import { expect, test } from 'vitest'
import { convertLead } from './convert-lead.ts'

inEveryPlacement((placement) => {
  test('of clients that convert the same leads at once one converts each, and the others are told so', async () => {
    const { mine } = placement()
    await mine.write((db) => db.pipelines.create(pipelineInput()))
    const leads = await mine.write(async (db) => {
      const made = []
      for (let count = 0; count < 12; count++) made.push(await db.leads.create(leadInput()))
      return made
    })
    const outcomes: string[] = []
    await Promise.all(
      Array.from({ length: 8 }, async (_, client) => {
        for (const { id, version } of [...leads.slice(client), ...leads.slice(0, client)]) {
          const input = LeadConversionInput.parse({ id, version, timeZone: 'UTC' })
          outcomes.push(await mine.write((db) => convertLead(db, input)).then(() => 'converted', refusalOf))
        }
      }),
    )
    expect(outcomes.filter((outcome) => outcome === 'converted')).toHaveLength(12)
    expect(new Set(outcomes)).toEqual(new Set(['converted', 'STALE_WRITE']))
    for (const count of [
      await mine.read.accounts.count(AccountListQuery.parse({})),
      await mine.read.contacts.count(ContactListQuery.parse({})),
      await mine.read.opportunities.count(OpportunityListQuery.parse({})),
    ])
      expect(count).toEqual({ count: 12, capped: false })
  })
})

function refusalOf(error: unknown): string {
  if (!isTenantryError(error)) throw error
  return error.code
}
