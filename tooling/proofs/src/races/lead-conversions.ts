import { LeadConversionInput } from '@tenantry/contracts/lead-conversion'
import { convertLead } from '@tenantry/crm/leads'
import { leadInput } from '@tenantry/testing/factories/lead'
import { atOnce } from './at-once.ts'
import type { Race } from './race.ts'

/** Every client converts every lead, each beginning with another one. */
export const raceForLeads: Race = async (desk, { clients, leads: count }) => {
  const leads = await desk.write(async (db) => {
    const made = []
    for (let index = 0; index < count; index++) made.push(await db.leads.create(leadInput()))
    return made
  })
  const outcomes = await atOnce(
    Array.from({ length: clients }, (_, client) => {
      const first = Math.floor((client * count) / clients)
      return [...leads.slice(first), ...leads.slice(0, first)].map(
        ({ id, version }) =>
          () =>
            desk.write((db) => convertLead(db, LeadConversionInput.parse({ id, version, timeZone: 'UTC' }))),
      )
    }),
  )
  const [row] = await desk.admin<Record<string, number>>(`select
    (select count(*)::int from crm.accounts) as accounts, (select count(*)::int from crm.contacts) as contacts,
    (select count(*)::int from crm.opportunities) as opportunities,
    (select count(*)::int from crm.leads where status = 'converted') as converted,
    (select count(distinct converted_account_id)::int from crm.leads) as named`)
  const counted = { ...row }
  const violations = Object.entries(counted)
    .filter(([, found]) => found !== count)
    .map(([what, found]) => `${count} leads gave ${found} ${what}`)
  if (outcomes.succeeded !== count) violations.push(`${outcomes.succeeded} conversions of ${count} leads were reported`)
  if (outcomes.untyped > 0) violations.push(`${outcomes.untyped} errors without a code`)
  const { attempts, succeeded, refused } = outcomes
  return { race: 'leads', clients, attempts, succeeded, refused, counted, violations }
}
