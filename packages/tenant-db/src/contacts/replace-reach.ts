import { statement } from '@tenantry/connections/statement'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import { contactAccounts } from '../contact-accounts/table.ts'
import { contactPoints } from '../contact-points/table.ts'
import type { Acting } from '../records/acting.ts'
import { assertOnce } from '../records/assert-once.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { normalise, type AccountLink, type Point } from './reach.ts'

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
  as l("accountId" uuid, role text, "isPrimary" boolean)`

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
  db.execute(sql`insert into ${contactAccounts} (contact_id, account_id, role, is_primary, created_by, updated_by)
    select ${contactId}::uuid, l."accountId", l.role, l."isPrimary", ${sql.placeholder('actorId')}::uuid,
      ${sql.placeholder('actorId')}::uuid
    from ${givenLinks}
    on conflict (tenant_id, contact_id, account_id) where ${current} do update
      set role = excluded.role, is_primary = excluded.is_primary, updated_at = now(), updated_by = excluded.updated_by`),
)
