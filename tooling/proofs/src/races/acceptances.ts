import { acceptQuote } from '@tenantry/crm/accept-quote'
import { accountInput } from '@tenantry/testing/factories/account'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { quoteInput } from '@tenantry/testing/factories/quote'
import { atOnce } from './at-once.ts'
import type { Race } from './race.ts'

/** Three quotes for each opportunity, all of which every client accepts, each beginning with another one. */
export const raceForAcceptances: Race = async (desk, { clients, opportunities: count }) => {
  const quotes: { id: Parameters<typeof acceptQuote>[1]['id'] }[] = []
  for (let index = 0; index < count; index++) {
    await desk.write(async (db) => {
      const { id: accountId } = await db.accounts.create(accountInput())
      const { id: opportunityId } = await db.opportunities.create(opportunityInput({ accountId }))
      for (let offer = 0; offer < 3; offer++) {
        const draft = await db.quotes.create(quoteInput({ accountId, opportunityId }))
        quotes.push({ id: (await db.quotes.send(draft)).id })
      }
    })
  }
  const outcomes = await atOnce(
    Array.from({ length: clients }, (_, client) => {
      const first = Math.floor((client * quotes.length) / clients)
      return [...quotes.slice(first), ...quotes.slice(0, first)].map(
        ({ id }) =>
          () =>
            desk.write((db) => acceptQuote(db, { id, name: 'A client' })),
      )
    }),
  )
  const [row] = await desk.admin<Record<string, number>>(`select
    (select count(*)::int from crm.quotes where status = 'accepted') as accepted,
    (select count(*)::int / 2 from crm.quotes where status = 'superseded') as superseded,
    (select count(*)::int from crm.opportunities where outcome = 'won') as won,
    (select count(*)::int from crm.events where status = 'confirmed') as events,
    (select count(*)::int from crm.contracts) as contracts,
    (select next_value::int - 1 from crm.number_series where key = 'contract') as numbers`)
  const counted = { ...row }
  const violations = Object.entries(counted)
    .filter(([, found]) => found !== count)
    .map(([what, found]) => `${count} opportunities gave ${found} ${what}`)
  if (outcomes.succeeded !== count) violations.push(`${outcomes.succeeded} acceptances of ${count} opportunities`)
  if (outcomes.untyped > 0) violations.push(`${outcomes.untyped} errors without a code`)
  const { attempts, succeeded, refused } = outcomes
  return { race: 'acceptances', clients, attempts, succeeded, refused, counted, violations }
}
