import { instantFromText } from '@tenantry/connections/columns'
import { statement } from '@tenantry/connections/statement'
import type { RecordChange } from '@tenantry/contracts/record'
import type { WebhookAttempt, WebhookMessage, WebhookMessageStatus } from '@tenantry/contracts/webhooks'
import { sql } from 'drizzle-orm'
import { recordChanges } from '../record-changes/table.ts'
import { webhookAttempts, webhookChanges, webhookListening, webhookMessages } from './table.ts'

type None = Record<string, never>

export const isListening = statement<None, { isOn: boolean }>((db) =>
  db.execute<{ isOn: boolean }>(sql`select exists (select from ${webhookListening}) as "isOn"`),
)

export const beginListening = statement<None, never>((db) =>
  db.execute(sql`insert into ${webhookListening} default values on conflict do nothing`),
)

export const endListening = statement<None, never>((db) => db.execute(sql`delete from ${webhookListening}`))

export interface UntoldChange extends Pick<RecordChange, 'entity' | 'entityId' | 'action' | 'diff' | 'actorKind'> {
  id: string
  versionAfter: number | null
  at: string
}

/** Takes some changes off the list, oldest first, and gives what they were. Two that do so take different ones. */
export const takeChanges = statement<{ most: number }, UntoldChange>((db) =>
  db.execute<UntoldChange & Record<string, unknown>>(sql`
    with taken as (
      delete from ${webhookChanges} where change_id in (
        select change_id from ${webhookChanges} order by change_id limit ${sql.placeholder('most')}::int
        for update skip locked)
      returning change_id)
    select c.id::text as id, c.entity, c.entity_id as "entityId", c.action, c.diff, c.actor_kind as "actorKind",
      c.version_after as "versionAfter", c.at
    from taken join ${recordChanges} c on c.id = taken.change_id order by c.id`),
)

/** `messages` is JSON. One that is there already stays as it is. */
export const insertMessages = statement<{ messages: string; most: number }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    insert into ${webhookMessages} (id, endpoint_id, change_id, event, body, last_attempt)
    select g.id, g."endpointId", g."changeId", g.event, g.body, ${sql.placeholder('most')}::int
    from jsonb_to_recordset(${sql.placeholder('messages')}::jsonb)
      as g(id uuid, "endpointId" uuid, "changeId" bigint, event text, body text)
    on conflict (tenant_id, endpoint_id, change_id) do nothing returning id`),
)

export interface DueMessage {
  id: string
  event: string
  body: string
  attempts: number
  lastAttempt: number
}

/** The next one of an endpoint, with the attempt counted. It is due again at the end of the lease, whatever happens. */
export const claimMessage = statement<{ endpointId: string; leaseSeconds: number }, DueMessage>((db) =>
  db.execute<DueMessage & Record<string, unknown>>(sql`
    update ${webhookMessages} set attempts = attempts + 1,
      next_attempt_at = now() + make_interval(secs => ${sql.placeholder('leaseSeconds')}::int)
    where id = (
      select id from ${webhookMessages}
      where endpoint_id = ${sql.placeholder('endpointId')}::uuid and status = 'waiting' and next_attempt_at <= now()
      order by next_attempt_at, id limit 1 for update skip locked)
    returning id, event, body, attempts, last_attempt as "lastAttempt"`),
)

/** Answers nothing for a message that has been delivered: what comes late changes nothing any more. */
export const settleMessage = statement<
  { id: string; status: WebhookMessageStatus; delaySeconds: number },
  { id: string }
>((db) =>
  db.execute<{ id: string }>(sql`
    update ${webhookMessages} set status = ${sql.placeholder('status')},
      next_attempt_at = now() + make_interval(secs => ${sql.placeholder('delaySeconds')}::int)
    where id = ${sql.placeholder('id')}::uuid and status <> 'delivered' returning id`),
)

export const insertAttempt = statement<Record<string, unknown>, never>((db) =>
  db.execute(sql`
    insert into ${webhookAttempts} (message_id, number, status_code, duration_ms, error, answer)
    values (${sql.placeholder('id')}::uuid, ${sql.placeholder('number')}::int, ${sql.placeholder('statusCode')}::int,
      ${sql.placeholder('durationMs')}::int, ${sql.placeholder('error')}::text, ${sql.placeholder('answer')}::text)
    on conflict do nothing`),
)

/** Of each of these endpoints with a message that waits: the seconds until the first of them is due. */
export const secondsToNext = statement<{ endpointIds: string }, { endpointId: string; seconds: number }>((db) =>
  db.execute<{ endpointId: string; seconds: number }>(sql`
    select endpoint_id as "endpointId", ceil(extract(epoch from min(next_attempt_at) - now()))::int as seconds
    from ${webhookMessages}
    where status = 'waiting'
      and endpoint_id in (select e::uuid from jsonb_array_elements_text(${sql.placeholder('endpointIds')}::jsonb) e)
    group by endpoint_id`),
)

export const sendAgain = statement<{ id: string; more: number }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    update ${webhookMessages} set status = 'waiting', next_attempt_at = now(),
      last_attempt = attempts + ${sql.placeholder('more')}::int
    where id = ${sql.placeholder('id')}::uuid returning id`),
)

/** The oldest first, some at a time. Their attempts go with them. */
export const forgetOld = statement<{ days: number; most: number }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    delete from ${webhookMessages} where id in (
      select id from ${webhookMessages} where created_at < now() - make_interval(days => ${sql.placeholder('days')}::int)
      order by created_at limit ${sql.placeholder('most')}::int for update skip locked)
    returning id`),
)

type Stored = Omit<WebhookMessage, 'attempts'> & { attempts: WebhookAttempt[] }

export const pageOfMessages = statement<
  { endpointId: string; status: string | null; before: string | null; limit: number },
  Stored
>((db) =>
  db.execute<Stored & Record<string, unknown>>(sql`
    select m.id, m.event, m.body, m.status, m.created_at as "createdAt",
      case when m.status = 'waiting' then m.next_attempt_at end as "nextAttemptAt",
      coalesce((
        select jsonb_agg(jsonb_build_object('number', a.number, 'at', a.at, 'statusCode', a.status_code,
          'durationMs', a.duration_ms, 'error', a.error, 'answer', a.answer) order by a.number desc)
        from ${webhookAttempts} a where a.message_id = m.id), '[]') as attempts
    from ${webhookMessages} m
    where m.endpoint_id = ${sql.placeholder('endpointId')}::uuid
      and (${sql.placeholder('status')}::text is null or m.status = ${sql.placeholder('status')}::text)
      and (${sql.placeholder('before')}::uuid is null or m.id < ${sql.placeholder('before')}::uuid)
    order by m.id desc limit ${sql.placeholder('limit')}::int`),
)

/** Instants of plain SQL come as Postgres prints them. */
export function shownMessage({ createdAt, nextAttemptAt, attempts, ...message }: Stored): WebhookMessage {
  return {
    ...message,
    createdAt: instantFromText(createdAt),
    nextAttemptAt: nextAttemptAt === null ? null : instantFromText(nextAttemptAt),
    attempts: attempts.map((attempt) => ({ ...attempt, at: instantFromText(attempt.at) })),
  }
}
