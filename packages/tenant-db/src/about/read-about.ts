import type { Executor } from '@tenantry/connections/database'
import { instantFromText } from '@tenantry/connections/columns'
import { statement } from '@tenantry/connections/statement'
import { AboutKind, type AboutEntry, type AboutQuery } from '@tenantry/contracts/about'
import type { Page } from '@tenantry/contracts/pages'
import type { LinkedEntity } from '@tenantry/contracts/record-links'
import { sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { attachments } from '../attachments/table.ts'
import { communications } from '../communications/table.ts'
import { memberRefs } from '../member-refs/table.ts'
import { notes } from '../notes/table.ts'
import { isStep, stateAfterStep } from '../record-changes/steps.ts'
import { recordChanges } from '../record-changes/table.ts'
import { sources, targets } from '../record-links/columns.ts'
import { recordLinks } from '../record-links/table.ts'
import { readCursor, writeCursor } from '../records/cursor.ts'
import { literal } from '../records/literal.ts'
import { tasks } from '../tasks/table.ts'
import { related, type Related } from './related.ts'

export async function readAbout(executor: Executor, query: AboutQuery): Promise<Page<AboutEntry>> {
  const { entity, id, kinds = AboutKind.options, cursor, limit } = query
  const after = cursor == null ? newest : readCursor(cursor, order, { value: Moment, id: z.string().max(40) })
  const [at, kind] = String(after.value).split(' ')
  const entries = await executor.run(entriesAbout[entity], {
    entity,
    id,
    kinds: `{${kinds.join()}}`,
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

type Parameters = { entity: string; id: string; kinds: string; at: string; kind: string; key: string; limit: number }

/** Of each source as much as a page can show, so that what one has plenty of costs no more than a page of it. */
function entries(entity: LinkedEntity) {
  const all = sql.join([changes, ...about(entity), ...related[entity].map(steps)], sql` union all `)
  return statement<Parameters, AboutEntry>((db) =>
    db.execute<AboutEntry & Record<string, unknown>>(sql`
      select e.kind, e.id, e.at, e.heading, e.excerpt, e.state, m.display_name as "actorName",
        case when e.of_entity is not null
          then jsonb_build_object('entity', e.of_entity, 'id', e.of_id, 'name', e.of_name) end as of
      from (${all}) e left join ${memberRefs} m on m.user_id = e.actor
      order by e.at desc, e.kind desc, e.id desc limit ${limit}`),
  )
}

const id = sql.placeholder('id')
const limit = sql.placeholder('limit')
const at = sql`${sql.placeholder('at')}::timestamptz`

/**
 * The entries of one kind behind the cursor. The moment stands by itself, since an index is ordered by it; a kind that nobody asks
 * for is not read.
 */
const behind = (kind: AboutEntry['kind'], moment: SQL, key: SQL) => sql`
  ${literal(kind)} = any(${sql.placeholder('kinds')}::text[]) and ${moment} <= ${at}
  and (${moment}, ${literal(kind)}, ${key}) < (${at}, ${sql.placeholder('kind')}, ${sql.placeholder('key')})
  order by ${moment} desc, ${key} desc limit ${limit}`

const ofNothing = sql`null::text as of_entity, null::uuid as of_id, null::text as of_name`

const changes = sql`
  (select 'change' as kind, c.id::text as id, c.at, c.action as heading, null as excerpt, null as state, c.actor_id as actor,
     ${ofNothing}
   from ${recordChanges} c where c.entity = ${sql.placeholder('entity')} and c.entity_id = ${id}
     and ${behind('change', sql`c.at`, sql`c.id::text`)})`

/** What people have written about a record. Its texts are read of those that are shown. */
function about(entity: LinkedEntity): SQL[] {
  const written = (
    source: keyof typeof sources,
    { table, moment, columns }: Record<'table' | 'moment' | 'columns', SQL>,
  ) => sql`
    (select ${literal(source)}, s.id::text, s.at, ${columns}, r.created_by, ${ofNothing}
     from (select r.id, ${moment} as at from ${recordLinks} l join ${table} r on r.tenant_id = l.tenant_id
         and r.id = l.${sql.identifier(sources[source].name)}
       where l.${sql.identifier(targets[entity].name)} = ${id} and r.deleted_at is null
         and ${behind(source, moment, sql`r.id::text`)}) s
     join ${table} r on r.id = s.id)`
  const entered = sql`r.created_at`
  return [
    written('task', { table: sql`${tasks}`, moment: entered, columns: sql`r.title, null, r.status` }),
    written('note', { table: sql`${notes}`, moment: entered, columns: sql`r.title, left(r.body_md, 300), null` }),
    written('communication', {
      table: sql`${communications}`,
      moment: sql`r.occurred_at`,
      columns: sql`r.subject, left(r.body_text, 300), r.status`,
    }),
    written('attachment', {
      table: sql`${attachments}`,
      moment: entered,
      columns: sql`r.file_name, null, r.media_type`,
    }),
  ]
}

/** Of each record its newest steps are read, and of all of them the newest. */
function steps({ entity, rows }: Related): SQL {
  const word = literal(entity)
  return sql`
    (select 'step', s.id, s.at, s.action, null, s.state, s.actor_id, ${word}, r.id, r.name
     from (${rows}) r cross join lateral (
       select c.id::text as id, c.at, c.action, ${stateAfterStep} as state, c.actor_id from ${recordChanges} c
       where c.entity = ${word} and c.entity_id = r.id and ${isStep} and ${behind('step', sql`c.at`, sql`c.id::text`)}) s
     order by s.at desc, s.id desc limit ${limit})`
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
