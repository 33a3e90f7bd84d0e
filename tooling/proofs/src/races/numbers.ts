import { accountInput } from '@tenantry/testing/factories/account'
import { quoteInput } from '@tenantry/testing/factories/quote'
import { TenantryError } from '@tenantry/errors'
import { atOnce } from './at-once.ts'
import type { Race } from './race.ts'

/** Every client makes quotes, and every fifth time something fails after the number was taken. */
export const raceForNumbers: Race = async (desk, { clients, numbers: count }) => {
  const { id: accountId } = await desk.write((db) => db.accounts.create(accountInput()))
  const outcomes = await atOnce(
    Array.from({ length: clients }, (_, client) =>
      Array.from(
        { length: Math.ceil(count / clients) },
        (__, index) => () =>
          desk.write(async (db) => {
            await db.quotes.create(quoteInput({ accountId }))
            if ((index + client) % 5 === 4) throw new TenantryError('RULE_VIOLATED')
          }),
      ),
    ),
  )
  const [row] = await desk.admin<Record<string, number>>(`
    with given as (select substr(number, 3)::int as value from crm.quotes)
    select (select count(*)::int from given) as given, (select count(distinct value)::int from given) as different,
      (select max(value) from given) as highest, (select next_value::int - 1 from crm.number_series where key = 'quote') as kept`)
  const counted = { ...row }
  const violations = Object.entries(counted)
    .filter(([, found]) => found !== outcomes.succeeded)
    .map(([what, found]) => `${outcomes.succeeded} numbers gave ${found} ${what}`)
  if (outcomes.untyped > 0) violations.push(`${outcomes.untyped} errors without a code`)
  const { attempts, succeeded, refused } = outcomes
  return { race: 'numbers', clients, attempts, succeeded, refused, counted, violations }
}
