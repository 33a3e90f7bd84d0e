import type { NamedLink } from '@tenantry/contracts/record-links'
import { sql, type SQL } from 'drizzle-orm'
import { accounts } from '../accounts/table.ts'
import { contacts } from '../contacts/table.ts'
import { contracts } from '../contracts/table.ts'
import { events } from '../events/table.ts'
import { invoices } from '../invoices/table.ts'
import { leads } from '../leads/table.ts'
import { locations } from '../locations/table.ts'
import { opportunities } from '../opportunities/table.ts'
import { quotes } from '../quotes/table.ts'
import type { RecordTable } from '../records/record-table.ts'
import { sources, type LinkSource } from './columns.ts'
import { recordLinks } from './table.ts'

/** What a row of `table` is about, with the names of what it names; for the columns of a select. */
export function shownLinks(source: LinkSource, table: RecordTable): SQL<NamedLink[]> {
  // Written with its table, since Drizzle leaves that out where it selects from one table only.
  const own = sql`${table}.id`
  return sql<NamedLink[]>`(select coalesce(jsonb_agg(jsonb_build_object('entity', entity, 'id', id, 'name', name)
      order by entity, id), '[]') from (${namedLinks} where l.${sql.identifier(sources[source].name)} = ${own}) as links)`
}

const namedLinks = sql`
  select case when l.account_id is not null then 'account' when l.contact_id is not null then 'contact'
      when l.lead_id is not null then 'lead' when l.opportunity_id is not null then 'opportunity'
      when l.event_id is not null then 'event' when l.quote_id is not null then 'quote'
      when l.contract_id is not null then 'contract' when l.invoice_id is not null then 'invoice'
      else 'location' end as entity,
    coalesce(l.account_id, l.contact_id, l.lead_id, l.opportunity_id, l.event_id, l.quote_id, l.contract_id,
      l.invoice_id, l.location_id) as id,
    coalesce(a.name, c.display_name, d.display_name, o.name, e.title, q.number, t.number, i.number, i.kind, p.name) as name
  from ${recordLinks} l
  left join ${accounts} a on a.tenant_id = l.tenant_id and a.id = l.account_id
  left join ${contacts} c on c.tenant_id = l.tenant_id and c.id = l.contact_id
  left join ${leads} d on d.tenant_id = l.tenant_id and d.id = l.lead_id
  left join ${opportunities} o on o.tenant_id = l.tenant_id and o.id = l.opportunity_id
  left join ${events} e on e.tenant_id = l.tenant_id and e.id = l.event_id
  left join ${quotes} q on q.tenant_id = l.tenant_id and q.id = l.quote_id
  left join ${contracts} t on t.tenant_id = l.tenant_id and t.id = l.contract_id
  left join ${invoices} i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
  left join ${locations} p on p.tenant_id = l.tenant_id and p.id = l.location_id`
