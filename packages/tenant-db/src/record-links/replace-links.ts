import { statement } from '@tenantry/connections/statement'
import type { RecordLink } from '@tenantry/contracts/record-links'
import { sql } from 'drizzle-orm'
import type { Acting } from '../records/acting.ts'
import { assertOnce } from '../records/assert-once.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { sources, targets, type LinkSource } from './columns.ts'
import { keyOf } from './links.ts'
import { recordLinks } from './table.ts'

/** Makes the stored links of a record those of the list, in one round trip. */
export async function replaceLinks(
  { executor }: Acting,
  source: LinkSource,
  { id, links }: { id: string; links: readonly RecordLink[] },
): Promise<void> {
  assertOnce(links.map(keyOf), { field: 'links', message: 'The same record is listed twice.' })
  const given = JSON.stringify(links)
  const { remove, put } = statements[source]
  await inOneTrip([executor.run(remove, { id, links: given }), executor.run(put, { id, links: given })])
}

const given = sql`jsonb_to_recordset(${sql.placeholder('links')}::jsonb) as g(entity text, id uuid)`
const pointed = sql.join(
  Object.entries(targets).map(([entity, column]) => sql`when ${entity} then l.${sql.identifier(column.name)}`),
  sql` `,
)
/** Whether the link `l` points where the given link `g` does. */
const isSame = sql`(case g.entity ${pointed} end) = g.id`
const targetNames = sql.join(
  Object.values(targets).map((column) => sql.identifier(column.name)),
  sql`, `,
)
const targetValues = sql.join(
  Object.keys(targets).map((entity) => sql`case when g.entity = ${entity} then g.id end`),
  sql`, `,
)

function statementsOf(source: LinkSource) {
  const own = sql.identifier(sources[source].name)
  const id = sql`${sql.placeholder('id')}::uuid`
  return {
    remove: statement<{ id: string; links: string }, never>((db) =>
      db.execute(
        sql`delete from ${recordLinks} l where l.${own} = ${id} and not exists (select from ${given} where ${isSame})`.inlineParams(),
      ),
    ),
    put: statement<{ id: string; links: string }, never>((db) =>
      db.execute(
        sql`insert into ${recordLinks} (${own}, ${targetNames}) select ${id}, ${targetValues} from ${given}
        where not exists (select from ${recordLinks} l where l.${own} = ${id} and ${isSame})`.inlineParams(),
      ),
    ),
  }
}

const statements = {
  task: statementsOf('task'),
  note: statementsOf('note'),
  attachment: statementsOf('attachment'),
  communication: statementsOf('communication'),
}
