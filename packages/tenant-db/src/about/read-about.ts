import type { Executor } from '@tenantry/connections/database'
import { instantFromText } from '@tenantry/connections/columns'
import { statement } from '@tenantry/connections/statement'
import type { AboutEntry, AboutQuery } from '@tenantry/contracts/about'
import type { Page } from '@tenantry/contracts/pages'
import type { LinkedEntity } from '@tenantry/contracts/record-links'
import { sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { attachments } from '../attachments/table.ts'
import { communications } from '../communications/table.ts'
import { memberRefs } from '../member-refs/table.ts'
import { notes } from '../notes/table.ts'
import { recordChanges } from '../record-changes/table.ts'
import { sources, targets } from '../record-links/columns.ts'
import { recordLinks } from '../record-links/table.ts'
import { readCursor, writeCursor } from '../records/cursor.ts'
import { tasks } from '../tasks/table.ts'

export async function readAbout(executor: Executor, query: AboutQuery): Promise<Page<AboutEntry>> {
  const { entity, id, cursor, limit } = query
  const after = cursor == null ? newest : readCursor(cursor, order, { value: Moment, id: z.string().max(40) })
  const [at, kind] = String(after.value).split(' ')
  const entries = await executor.run(entriesAbout[entity], {
    entity,
    id,
    at: at ?? '',
    kind: kind ?? '',
    key: after.id,
    limit: limit + 1,
  })
  const rows = entries.map((row) => ({ ...row, at: instantFromText(row.at) }))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    rows: last ? rows.slice(0, limit) : rows,
    nextCursor: last ? writeCursor(order, { value: `${last.at} ${last.kind}`, id: last.id }) : null,
  }
}

const order = 'about'
/** A moment and what happened then. */
const Moment = z.string().regex(/^\d{4}-\d\d-\d\dT[\d:.]{5,15}Z [a-z]{1,20}$/)
/** Beyond every moment. */
const newest = { value: '9999-12-31T00:00:00Z z', id: '' }

type Parameters = { entity: string; id: string; at: string; kind: string; key: string; limit: number }

/** All that is about one record is read and put in order; it is as much as people have written about it. */
function entries(entity: LinkedEntity) {
  const id = sql.placeholder('id')
  const about = (source: keyof typeof sources, table: SQL, columns: SQL) => sql`
    (select ${columns} from ${recordLinks} l join ${table} r on r.tenant_id = l.tenant_id
       and r.id = l.${sql.identifier(sources[source].name)}
     where l.${sql.identifier(targets[entity].name)} = ${id} and r.deleted_at is null)`
  const changes = sql`
    (select 'change' as kind, c.id::text as id, c.at, c.action as heading, null as excerpt, null as state, c.actor_id as actor
     from ${recordChanges} c where c.entity = ${sql.placeholder('entity')} and c.entity_id = ${id})`
  const all = sql.join(
    [
      changes,
      about('task', sql`${tasks}`, sql`'task', r.id::text, r.created_at, r.title, null, r.status, r.created_by`),
      about(
        'note',
        sql`${notes}`,
        sql`'note', r.id::text, r.created_at, r.title, left(r.body_md, 300), null, r.created_by`,
      ),
      about(
        'communication',
        sql`${communications}`,
        sql`'communication', r.id::text, r.occurred_at, r.subject, left(r.body_text, 300), r.status, r.created_by`,
      ),
      about(
        'attachment',
        sql`${attachments}`,
        sql`'attachment', r.id::text, r.created_at, r.file_name, null, r.media_type, r.created_by`,
      ),
    ],
    sql` union all `,
  )
  return statement<Parameters, AboutEntry>((db) =>
    db.execute<AboutEntry & Record<string, unknown>>(sql`
      select e.kind, e.id, e.at, e.heading, e.excerpt, e.state, m.display_name as "actorName"
      from (${all}) e left join ${memberRefs} m on m.user_id = e.actor
      where (e.at, e.kind, e.id) < (${sql.placeholder('at')}::timestamptz, ${sql.placeholder('kind')}, ${sql.placeholder('key')})
      order by e.at desc, e.kind desc, e.id desc limit ${sql.placeholder('limit')}`),
  )
}

const entriesAbout = {
  account: entries('account'),
  contact: entries('contact'),
  lead: entries('lead'),
  opportunity: entries('opportunity'),
  event: entries('event'),
  quote: entries('quote'),
  contract: entries('contract'),
  invoice: entries('invoice'),
  location: entries('location'),
} satisfies Record<LinkedEntity, unknown>
