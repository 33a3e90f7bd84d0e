import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { accounts } from '../accounts/table.ts'
import { contactAccounts } from '../contact-accounts/table.ts'
import { contactPoints } from '../contact-points/table.ts'
import { contractSigners } from '../contract-signers/table.ts'
import { contracts } from '../contracts/table.ts'
import { events } from '../events/table.ts'
import { invoices } from '../invoices/table.ts'
import { leads } from '../leads/table.ts'
import { locations } from '../locations/table.ts'
import { opportunities } from '../opportunities/table.ts'
import { payments } from '../payments/table.ts'
import { quotes } from '../quotes/table.ts'
import { sources } from '../record-links/columns.ts'
import { recordLinks } from '../record-links/table.ts'
import { change, nameOf, parameters, pointing, withExtra, type Reference } from './move.ts'
import { recordMerges } from './table.ts'

const { from, to, ids } = parameters

/** Every foreign key to an account; a test asks Postgres whether one is missing. */
export const accountReferences: readonly Reference[] = [
  // A company is not its own parent: that of the one that is left is settled with its fields.
  pointing(accounts.parentAccountId, { unless: (pair) => sql`t.id = ${pair.to}` }),
  pointing(opportunities.accountId),
  pointing(events.accountId),
  pointing(quotes.accountId),
  pointing(contracts.accountId),
  pointing(invoices.accountId),
  pointing(payments.accountId),
  pointing(leads.convertedAccountId),
  onceLinked(recordLinks.accountId),
  people(),
]

export const contactReferences: readonly Reference[] = [
  pointing(opportunities.contactId),
  pointing(events.contactId),
  pointing(events.plannerContactId),
  pointing(quotes.contactId),
  pointing(invoices.contactId),
  pointing(locations.contactId),
  pointing(leads.convertedContactId),
  pointing(contractSigners.contactId),
  onceLinked(recordLinks.contactId),
  // What both have stays with the merged one, which is in the bin; of the rest the main one of the contact that is left counts.
  oneMain(contactPoints.contactId, sql`o.kind = t.kind`, sql`o.value_norm = t.value_norm`),
  oneMain(contactAccounts.contactId, isCurrent('o'), sql`o.account_id = t.account_id and ${isCurrent('t')}`),
]

/** What tells of merges stays as it is. */
export const staying: readonly string[] = [
  recordMerges.accountId,
  recordMerges.mergedAccountId,
  recordMerges.contactId,
  recordMerges.mergedContactId,
].map(nameOf)

function isCurrent(row: string): SQL {
  const name = sql.identifier(row)
  return sql`${name}.ended_on is null and ${name}.deleted_at is null`
}

/** A contact of both companies keeps the link to the one that is left, which becomes its main one where the other was. */
function people(): Reference {
  const table = contactAccounts
  const name = nameOf(table.accountId)
  const twice = sql`${isCurrent('t')} and exists (select from ${table} o
    where o.account_id = ${to} and o.contact_id = t.contact_id and ${isCurrent('o')})`
  const putAway = change(`${name} put away`, {
    take: sql`update ${table} t set deleted_at = now() where t.account_id = ${from} and ${twice} returning t.id`,
    back: sql`update ${table} t set deleted_at = null where t.id = any(${ids}) and t.account_id = ${from} returning t.id`,
  })
  const promoted = change(`${name} promoted`, {
    take: sql`update ${table} t set is_primary = true where t.account_id = ${to} and ${isCurrent('t')} and not t.is_primary
      and exists (select from ${table} o where o.account_id = ${from} and o.contact_id = t.contact_id and o.is_primary
        and o.deleted_at = now()) returning t.id`,
    back: sql`update ${table} t set is_primary = false where t.id = any(${ids}) and t.account_id = ${to} returning t.id`,
  })
  const rest = pointing(table.accountId, { unless: () => sql`t.deleted_at is not null` })
  return withExtra(withExtra(rest, promoted, 'before'), putAway, 'before')
}

/** Of several rows of one record one is the main one; `same` rows are not doubled. */
function oneMain(column: PgColumn, among: SQL, same: SQL): Reference {
  const { table } = column
  const own = sql.identifier(column.name)
  const doubled = sql`exists (select from ${table} o where o.${own} = ${to} and ${among} and ${same})`
  const demoted = change(`${nameOf(column)} demoted`, {
    take: sql`update ${table} t set is_primary = false where t.${own} = ${from} and t.is_primary and not (${doubled})
      and exists (select from ${table} o where o.${own} = ${to} and ${among} and o.is_primary) returning t.id`,
    back: sql`update ${table} t set is_primary = true where t.id = any(${ids}) and t.${own} = ${from} returning t.id`,
  })
  return withExtra(pointing(column, { unless: () => doubled }), demoted, 'before')
}

/** What is about both is about the one that is left once: the other link goes, and comes back as it was. */
function onceLinked(column: PgColumn): Reference {
  const own = sql.identifier(column.name)
  const name = `${nameOf(column)} doubled`
  const sameSource = sql.join(
    Object.values(sources).map((source) => sql`o.${sql.identifier(source.name)} = t.${sql.identifier(source.name)}`),
    sql` or `,
  )
  const remove = statement<{ from: string; to: string }, { row: unknown }>((db) =>
    db.execute<{ row: unknown }>(sql`delete from ${recordLinks} t where t.${own} = ${from}
      and exists (select from ${recordLinks} o where o.${own} = ${to} and (${sameSource})) returning to_jsonb(t) as row`),
  )
  const putBack = statement<{ rows: string }, never>((db) =>
    db.execute(sql`insert into ${recordLinks} select r.* from jsonb_populate_recordset(null::${recordLinks},
      ${sql.placeholder('rows')}::jsonb) r on conflict do nothing`),
  )
  const doubled = {
    take: async (executor: Executor, { from: source, to: target }: { from: string; to: string }) => ({
      [name]: (await executor.run(remove, { from: source, to: target })).map(({ row }) => row),
    }),
    async giveBack(executor: Executor, _pair: unknown, moved: Record<string, unknown[]>) {
      await executor.run(putBack, { rows: JSON.stringify(moved[name] ?? []) })
    },
  }
  return withExtra(pointing(column), doubled, 'before')
}
