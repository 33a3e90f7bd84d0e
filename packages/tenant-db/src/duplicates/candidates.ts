import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { DuplicateCandidates } from '@tenantry/contracts/duplicates'
import { sql } from 'drizzle-orm'
import { accounts } from '../accounts/table.ts'
import { contactPoints } from '../contact-points/table.ts'
import { contacts } from '../contacts/table.ts'
import { fromIndex } from '../records/text-search.ts'

/** What a record is looked for by. */
export interface Sought {
  company: string | null
  person: string | null
  email: string | null
  phone: string | null
}

type Accounts = DuplicateCandidates['accounts']
type Contacts = DuplicateCandidates['contacts']
type Parameters = { company: string | null; person: string | null; email: string | null; phone: string | null }

export async function accountsLike(executor: Executor, { company, person, email, phone }: Sought): Promise<Accounts> {
  return executor.run(alikeAccounts, { company, person, email, phone })
}

export async function contactsLike(executor: Executor, { person, email, phone }: Sought): Promise<Contacts> {
  return executor.run(alikeContacts, { company: null, person, email, phone })
}

/** Lowered by the database, which has lowered the texts too; null finds nothing. */
const lowered = (name: keyof Sought) => sql`(select left(lower(btrim(${sql.placeholder(name)}::text)), 500))`
const phone = sql`${sql.placeholder('phone')}::text`

/**
 * A search text is the name and, in a second line, the address: compared in an index that holds nothing but texts, for the
 * reason that `TextSearch` gives. Both halves of the parameters are asked, as a person alone is a company of their own.
 */
const alikeAccounts = statement<Parameters, Accounts[number]>((db) =>
  db.execute<Accounts[number]>(sql`
    with texts as (select id, split_part(search_text, chr(10), 1) as name, split_part(search_text, chr(10), 2) as email
      from ${fromIndex(sql`select id, search_text from ${accounts} where deleted_at is null order by tenant_id, id`)} as t),
    alike as (
      select id, 'name' as by from texts where name in (${lowered('company')}, ${lowered('person')})
      union select id, 'email' from texts where email = ${lowered('email')} and email <> ''
      union select id, 'phone' from ${accounts} where deleted_at is null and phone_e164 = ${phone})
    select a.id, a.name, jsonb_agg(alike.by order by alike.by) as alike
    from alike join ${accounts} a on a.id = alike.id group by a.id, a.name order by count(*) desc, a.name, a.id limit 20`),
)

const alikeContacts = statement<Parameters, Contacts[number]>((db) =>
  db.execute<Contacts[number]>(sql`
    with alike as (
      select id, 'name' as by
      from ${fromIndex(sql`select id, search_text from ${contacts} where deleted_at is null order by tenant_id, id`)} as t
      where search_text = ${lowered('person')} and search_text <> ''
      union select contact_id, 'email' from ${contactPoints} where kind = 'email' and value_norm = ${lowered('email')}
      union select contact_id, 'phone' from ${contactPoints} where kind = 'phone' and value_norm = ${phone})
    select c.id, c.display_name as name, jsonb_agg(alike.by order by alike.by) as alike
    from alike join ${contacts} c on c.id = alike.id and c.deleted_at is null
    group by c.id, c.display_name order by count(*) desc, c.display_name, c.id limit 20`),
)
