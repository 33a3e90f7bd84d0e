import { statement } from '@tenantry/connections/statement'
import type { SilencedPoint, SilenceReason } from '@tenantry/contracts/contacts'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { contactAccounts } from '../contact-accounts/table.ts'
import { today } from '../company/table.ts'
import { contactPoints } from '../contact-points/table.ts'
import type { Acting } from '../records/acting.ts'
import { assertOnce } from '../records/assert-once.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { formerKey, normalise, silenceKey, type AccountLink, type FormerLink, type Point } from './reach.ts'

/**
 * Makes the stored points of a contact those of the list. A point that stays keeps its row, and with it the memory that
 * it bounced or was opted out. The statements follow one another in one round trip: no moment has two main addresses.
 */
export async function replacePoints({ executor }: Acting, contactId: string, list: readonly Point[]): Promise<void> {
  const rows = list.map((point) => ({ ...point, norm: normalise(point) }))
  assertOnce(
    rows.map(({ kind, norm }) => `${kind} ${norm}`),
    { field: 'points', message: 'The same address is listed twice.' },
  )
  const points = JSON.stringify(rows)
  await inOneTrip([
    executor.run(deletePoints, { contactId, points }),
    executor.run(demotePoints, { contactId }),
    executor.run(putPoints, { contactId, points }),
  ])
}

/** The same for the companies a contact belongs to. An unknown account, or one of another tenant, is RULE_VIOLATED. */
export async function replaceLinks(
  { executor, actor }: Acting,
  contactId: string,
  list: readonly AccountLink[],
): Promise<void> {
  assertOnce(
    list.map(({ accountId }) => accountId),
    { field: 'accounts', message: 'The same company is listed twice.' },
  )
  const links = JSON.stringify(list)
  await inOneTrip([
    executor.run(deleteLinks, { contactId, links }),
    executor.run(demoteLinks, { contactId }),
    executor.run(putLinks, { contactId, links, actorId: actor.id }).catch(unseenCompany),
  ])
}

/**
 * The same for the companies it has left. What has ended has ended: a day to come is RULE_VIOLATED, since until then the
 * contact belongs there.
 */
export async function replaceFormerLinks(
  { executor, actor }: Acting,
  contactId: string,
  list: readonly FormerLink[],
): Promise<void> {
  assertOnce(list.map(formerKey), { field: 'formerAccounts', message: 'The same time at a company is listed twice.' })
  const links = JSON.stringify(list)
  const [early] = await inOneTrip([
    executor.run(notEnded, { links }),
    executor.run(deleteFormer, { contactId, links }),
    executor.run(putFormer, { contactId, links, actorId: actor.id }).catch((cause: unknown) => {
      if (!isTenantryError(cause, 'FORBIDDEN')) throw cause
      throw refusal('There is no such company.', cause)
    }),
  ])
  if (early.length > 0) throw refusal('Give the day on which it ended, today at the latest.')
}

function refusal(message: string, cause?: unknown): TenantryError {
  return new TenantryError('RULE_VIOLATED', { message, data: { field: 'formerAccounts' }, cause })
}

/**
 * Remembers since when nothing is sent to the points of the list, and that those are welcome which were marked `before` and
 * are in it no more. Nobody takes off a mark that came with an address typed in. The points are there already.
 */
export async function replaceSilenced(
  { executor }: Acting,
  contactId: string,
  { before, list }: Record<'before' | 'list', readonly SilencedPoint[]>,
): Promise<void> {
  assertOnce(list.map(silenceKey), { field: 'silenced', message: 'The same address is listed twice.' })
  const silenced = JSON.stringify(list)
  const kept = new Set(list.map(silenceKey))
  const lifted = JSON.stringify(before.filter((one) => !kept.has(silenceKey(one))))
  const [, unknown] = await inOneTrip([
    executor.run(putSilenced, { contactId, silenced, lifted }),
    executor.run(withoutPoint, { contactId, silenced }),
  ])
  if (unknown.length === 0) return
  const message = 'Only an address that the contact has can be silenced.'
  throw new TenantryError('RULE_VIOLATED', { message, data: { field: 'silenced' } })
}

/** A link is read back where it could be there already, so the policy refuses one to a company that its writer does not see. */
function unseenCompany(cause: unknown): never {
  if (!isTenantryError(cause, 'FORBIDDEN')) throw cause
  const refusal = { message: 'There is no such company.', data: { field: 'accounts' } }
  throw new TenantryError('RULE_VIOLATED', { ...refusal, cause })
}

type None = Record<string, never>
const contactId = sql.placeholder('contactId')
const givenPoints = sql`jsonb_to_recordset(${sql.placeholder('points')}::jsonb)
  as p(kind text, norm text, value text, label text, "isPrimary" boolean)`
const givenLinks = sql`jsonb_to_recordset(${sql.placeholder('links')}::jsonb)
  as l("accountId" uuid, role text, "isPrimary" boolean, "startedOn" date)`
const givenFormer = sql`jsonb_to_recordset(${sql.placeholder('links')}::jsonb)
  as l("accountId" uuid, role text, "startedOn" date, "endedOn" date)`
const givenLifted = sql`jsonb_to_recordset(${sql.placeholder('lifted')}::jsonb) as s(kind text, value text, reason text)`
const givenSilenced = sql`jsonb_to_recordset(${sql.placeholder('silenced')}::jsonb) as s(kind text, value text, reason text)`

const deletePoints = statement<{ contactId: string; points: string }, None>((db) =>
  db.execute(sql`delete from ${contactPoints} where contact_id = ${contactId}
    and not exists (select from ${givenPoints} where p.kind = ${contactPoints.kind} and p.norm = ${contactPoints.valueNorm})`),
)

const demotePoints = statement<{ contactId: string }, None>((db) =>
  db.execute(sql`update ${contactPoints} set is_primary = false where contact_id = ${contactId} and is_primary`),
)

const putPoints = statement<{ contactId: string; points: string }, None>((db) =>
  db.execute(sql`insert into ${contactPoints} (contact_id, kind, value, value_norm, label, is_primary)
    select ${contactId}::uuid, p.kind, p.value, p.norm, p.label, p."isPrimary" from ${givenPoints}
    on conflict (tenant_id, contact_id, kind, value_norm) do update
      set value = excluded.value, label = excluded.label, is_primary = excluded.is_primary`),
)

const current = sql`ended_on is null and deleted_at is null`

const deleteLinks = statement<{ contactId: string; links: string }, None>((db) =>
  db.execute(sql`delete from ${contactAccounts} where contact_id = ${contactId} and ${current}
    and not exists (select from ${givenLinks} where l."accountId" = ${contactAccounts.accountId})`),
)

const demoteLinks = statement<{ contactId: string }, None>((db) =>
  db.execute(sql`update ${contactAccounts} set is_primary = false
    where contact_id = ${contactId} and is_primary and ${current}`),
)

const putLinks = statement<{ contactId: string; links: string; actorId: string | null }, None>((db) =>
  db.execute(sql`insert into ${contactAccounts} (contact_id, account_id, role, is_primary, started_on, created_by, updated_by)
    select ${contactId}::uuid, l."accountId", l.role, l."isPrimary", l."startedOn", ${sql.placeholder('actorId')}::uuid,
      ${sql.placeholder('actorId')}::uuid
    from ${givenLinks}
    on conflict (tenant_id, contact_id, account_id) where ${current} do update
      set role = excluded.role, is_primary = excluded.is_primary, started_on = excluded.started_on,
        updated_at = now(), updated_by = excluded.updated_by`),
)

const former = sql`ended_on is not null and deleted_at is null`
const sameFormer = sql`l."accountId" = ${contactAccounts.accountId} and l.role is not distinct from ${contactAccounts.role}
  and l."startedOn" is not distinct from ${contactAccounts.startedOn} and l."endedOn" = ${contactAccounts.endedOn}`

const notEnded = statement<{ links: string }, { endedOn: string }>((db) =>
  db.execute<{ endedOn: string }>(
    sql`select l."endedOn"::text as "endedOn" from ${givenFormer} where l."endedOn" > ${today} limit 1`,
  ),
)

const deleteFormer = statement<{ contactId: string; links: string }, None>((db) =>
  db.execute(sql`delete from ${contactAccounts} where contact_id = ${contactId} and ${former}
    and not exists (select from ${givenFormer} where ${sameFormer})`),
)

const putFormer = statement<{ contactId: string; links: string; actorId: string | null }, None>((db) =>
  db.execute(sql`insert into ${contactAccounts} (contact_id, account_id, role, started_on, ended_on, created_by, updated_by)
    select ${contactId}::uuid, l."accountId", l.role, l."startedOn", l."endedOn", ${sql.placeholder('actorId')}::uuid,
      ${sql.placeholder('actorId')}::uuid
    from ${givenFormer}
    where not exists (select from ${contactAccounts} where contact_id = ${contactId} and ${former} and ${sameFormer})`),
)

const namesIt = sql`s.kind = ${contactPoints.kind} and s.value = ${contactPoints.valueNorm}`

const putSilenced = statement<{ contactId: string; silenced: string; lifted: string }, None>((db) => {
  const names = (list: SQL, reason: SilenceReason) =>
    sql`exists (select from ${list} where ${namesIt} and s.reason = ${reason})`.inlineParams()
  const mark = (column: PgColumn, reason: SilenceReason) => sql`
    case when ${names(givenSilenced, reason)} then coalesce(${column}, now())
      when not ${names(givenLifted, reason)} then ${column} end`
  return db.execute(sql`update ${contactPoints} set
      opted_out_at = ${mark(contactPoints.optedOutAt, 'opted_out')}, bounced_at = ${mark(contactPoints.bouncedAt, 'bounced')}
    where contact_id = ${contactId}`)
})

const withoutPoint = statement<{ contactId: string; silenced: string }, { value: string }>((db) =>
  db.execute<{ value: string }>(sql`select s.value from ${givenSilenced} where not exists (
    select from ${contactPoints} where contact_id = ${contactId} and ${namesIt})`),
)
