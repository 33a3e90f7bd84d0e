import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { Contact, SilencedPoint, SilenceReason } from '@tenantry/contracts/contacts'
import { sql } from 'drizzle-orm'
import { contactPoints } from '../contact-points/table.ts'
import type { Acting } from '../records/acting.ts'
import { writeChange } from '../records/change-record.ts'
import { literal } from '../records/literal.ts'
import { lockAndRead } from '../records/lock.ts'
import { contactRecord } from './record.ts'
import { normalise, silencedAmong, silencedOf, silenceKey, type Point } from './reach.ts'
import { suppressedAddresses } from '../suppressed-addresses/table.ts'
import { contacts } from './table.ts'

/** Of one address so many contacts learn; more with the same one are no people. */
const most = 50

/**
 * Why nothing is to be sent to an address, whosever it is or was: what its reader has asked for holds for the address, also
 * when its contact lies in the bin or has it no more. Null where something may be sent.
 */
export async function whySilent(
  executor: Executor,
  point: Pick<Point, 'kind' | 'value'>,
): Promise<SilenceReason | null> {
  const address = { kind: point.kind, norm: normalise(point) }
  const [silent] = await executor.run(silentPoint, address)
  if (silent?.reason != null) return silent.reason
  // A database that is behind remembers addresses with their contacts only.
  if (silent?.isKept !== true) return null
  const [suppressed] = await executor.run(suppressedAddress, address)
  return suppressed?.reason ?? null
}

/** Whether a contact outside the bin who is that one, or is reached at that address, is not to be contacted. */
export async function wantsNoContact(executor: Executor, { contactId, email }: Reader): Promise<boolean> {
  return (await executor.run(quietReader, { contactId, norm: normalise({ kind: 'email', value: email }) })).length > 0
}

/** Who would read a mail. */
export interface Reader {
  contactId: string | null
  email: string
}

/**
 * Remembers that nothing is to be sent to an address any more, or that it is `welcome` again: with every contact that has it,
 * each of which tells it in its history, and for whoever gets it later.
 */
export async function markAddress(acting: Acting, mark: SilencedPoint, as: 'silenced' | 'welcome'): Promise<void> {
  const { executor } = acting
  const { kind, reason } = mark
  const address = { kind, norm: normalise(mark) }
  const contacts: Contact[] = []
  // Read before the first is written, which marks the address for all of them.
  for (const { id } of await executor.run(contactsAt, address)) {
    const before = await lockAndRead(executor, contactRecord, id)
    if (before.deletedAt === null) contacts.push(before)
  }
  for (const before of contacts)
    await writeChange(acting, contactRecord, before, { silenced: marked(before, mark, as) }, { action: 'changed' })
  // Also with contacts in the bin and beyond the most that learn, and where no contact has it.
  const [points, kept] = as === 'silenced' ? [markPoints, suppress] : [unmarkPoints, release]
  await executor.run(points, { ...address, reason })
  const [silent] = await executor.run(silentPoint, address)
  if (silent?.isKept === true) await executor.run(kept, { ...address, reason })
}

function marked(before: Contact, mark: SilencedPoint, as: 'silenced' | 'welcome'): SilencedPoint[] {
  const [asked] = silencedOf([mark]).map(silenceKey)
  const others = silencedAmong(before.points).filter((one) => silenceKey(one) !== asked)
  return silencedOf(as === 'silenced' ? [...others, mark] : others)
}

const atAddress = sql`${contactPoints.kind} = ${sql.placeholder('kind')} and ${contactPoints.valueNorm} = ${sql.placeholder('norm')}`

interface Address extends Record<string, string> {
  kind: string
  norm: string
}

const silentPoint = statement<Address, { reason: SilenceReason | null; isKept: boolean }>((db) =>
  db.execute<{ reason: SilenceReason | null; isKept: boolean }>(sql`
    select case when bool_or(opted_out_at is not null) then 'opted_out' when count(*) > 0 then 'bounced' end as reason,
      to_regclass('crm.suppressed_addresses') is not null as "isKept"
    from ${contactPoints} where ${atAddress} and (opted_out_at is not null or bounced_at is not null)`),
)

/** The migration's triggers make the same. */
const addressHash = sql`sha256(convert_to(${sql.placeholder('kind')}::text || ' ' || ${sql.placeholder('norm')}::text, 'UTF8'))`
const isIt = sql`kind = ${sql.placeholder('kind')} and address_hash = ${addressHash}`

const suppressedAddress = statement<Address, { reason: SilenceReason }>((db) =>
  db.execute<{ reason: SilenceReason }>(sql`
    select case when opted_out_at is not null then 'opted_out' else 'bounced' end as reason
    from ${suppressedAddresses} where ${isIt}`),
)

const isReason = (reason: SilenceReason) => sql`${sql.placeholder('reason')}::text = ${reason}`.inlineParams()

const quietReader = statement<{ contactId: string | null; norm: string }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    select c.id from ${contacts} c where c.do_not_contact and c.deleted_at is null and (c.id = ${sql.placeholder('contactId')}::uuid
      or c.id in (select contact_id from ${contactPoints} where kind = 'email' and value_norm = ${sql.placeholder('norm')}))
    limit 1`),
)

type Marked = Address & { reason: string }

const markPoints = statement<Marked, never>((db) =>
  db.execute(sql`
    update ${contactPoints} set
      opted_out_at = case when ${isReason('opted_out')} then coalesce(opted_out_at, now()) else opted_out_at end,
      bounced_at = case when ${isReason('bounced')} then coalesce(bounced_at, now()) else bounced_at end
    where ${atAddress} and case when ${isReason('opted_out')} then opted_out_at else bounced_at end is null`),
)

const unmarkPoints = statement<Marked, never>((db) =>
  db.execute(sql`
    update ${contactPoints} set opted_out_at = case when ${isReason('bounced')} then opted_out_at end,
      bounced_at = case when ${isReason('opted_out')} then bounced_at end
    where ${atAddress} and case when ${isReason('opted_out')} then opted_out_at else bounced_at end is not null`),
)

const suppress = statement<Marked, never>((db) =>
  db.execute(sql`
    insert into ${suppressedAddresses} as s (kind, address_hash, opted_out_at, bounced_at)
    values (${sql.placeholder('kind')}, ${addressHash}, case when ${isReason('opted_out')} then now() end,
      case when ${isReason('bounced')} then now() end)
    on conflict (tenant_id, kind, address_hash) do update set
      opted_out_at = coalesce(s.opted_out_at, excluded.opted_out_at), bounced_at = coalesce(s.bounced_at, excluded.bounced_at)`),
)

const release = statement<Marked, never>((db) =>
  db.execute(sql`
    with gone as (
      delete from ${suppressedAddresses} where ${isIt}
        and case when ${isReason('opted_out')} then bounced_at is null else opted_out_at is null end)
    update ${suppressedAddresses} set opted_out_at = case when ${isReason('bounced')} then opted_out_at end,
      bounced_at = case when ${isReason('opted_out')} then bounced_at end
    where ${isIt} and num_nonnulls(opted_out_at, bounced_at) = 2`),
)

/** In one order, so that two messages from one address wait for each other. */
const contactsAt = statement<{ kind: string; norm: string }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    select c.id from ${contacts} c where c.deleted_at is null and c.id in (
      select contact_id from ${contactPoints} where ${atAddress}) order by c.id limit ${literal(most)}`),
)
