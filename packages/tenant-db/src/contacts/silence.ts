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
import { contacts } from './table.ts'

/** Of one address so many contacts learn; more with the same one are no people. */
const most = 50

/**
 * Why nothing is to be sent to an address, whosever it is: also one of a contact in the bin, because what its reader has
 * asked for holds for the address. Null where something may be sent.
 */
export async function whySilent(
  executor: Executor,
  point: Pick<Point, 'kind' | 'value'>,
): Promise<SilenceReason | null> {
  const [silent] = await executor.run(silentPoint, { kind: point.kind, norm: normalise(point) })
  return silent?.reason ?? null
}

/** Remembers with every contact that has an address that nothing is to be sent there any more, or that it is `welcome` again. */
export async function markAddress(acting: Acting, mark: SilencedPoint, as: 'silenced' | 'welcome'): Promise<void> {
  const parameters = { kind: mark.kind, norm: normalise(mark) }
  for (const { id } of await acting.executor.run(contactsAt, parameters)) {
    const before = await lockAndRead(acting.executor, contactRecord, id)
    if (before.deletedAt !== null) continue
    await writeChange(acting, contactRecord, before, { silenced: marked(before, mark, as) }, { action: 'changed' })
  }
}

function marked(before: Contact, mark: SilencedPoint, as: 'silenced' | 'welcome'): SilencedPoint[] {
  const [asked] = silencedOf([mark]).map(silenceKey)
  const others = silencedAmong(before.points).filter((one) => silenceKey(one) !== asked)
  return silencedOf(as === 'silenced' ? [...others, mark] : others)
}

const atAddress = sql`${contactPoints.kind} = ${sql.placeholder('kind')} and ${contactPoints.valueNorm} = ${sql.placeholder('norm')}`

const silentPoint = statement<{ kind: string; norm: string }, { reason: SilenceReason }>((db) =>
  db.execute<{ reason: SilenceReason }>(sql`
    select case when bool_or(opted_out_at is not null) then 'opted_out' else 'bounced' end as reason
    from ${contactPoints} where ${atAddress} and (opted_out_at is not null or bounced_at is not null)
    having count(*) > 0`),
)

/** In one order, so that two messages from one address wait for each other. */
const contactsAt = statement<{ kind: string; norm: string }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    select c.id from ${contacts} c where c.deleted_at is null and c.id in (
      select contact_id from ${contactPoints} where ${atAddress}) order by c.id limit ${literal(most)}`),
)
