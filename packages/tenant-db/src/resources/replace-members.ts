import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import type { Acting } from '../records/acting.ts'
import { assertOnce } from '../records/assert-once.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { resourceMembers } from '../resource-members/table.ts'

/** Makes the members of a combo those of the list, in one round trip. */
export async function replaceMembers(
  { executor }: Acting,
  comboId: string,
  memberIds: readonly string[],
): Promise<void> {
  assertOnce(memberIds, { field: 'memberIds', message: 'The same resource is listed twice.' })
  const parameters = { comboId, memberIds: `{${memberIds.join()}}` }
  await inOneTrip([executor.run(remove, parameters), executor.run(put, parameters)])
}

const comboId = sql`${sql.placeholder('comboId')}::uuid`
const memberIds = sql`${sql.placeholder('memberIds')}::uuid[]`

const remove = statement<{ comboId: string; memberIds: string }, never>((db) =>
  db.execute(sql`delete from ${resourceMembers} where combo_id = ${comboId} and member_id <> all(${memberIds})`),
)

const put = statement<{ comboId: string; memberIds: string }, never>((db) =>
  db.execute(sql`insert into ${resourceMembers} (combo_id, member_id) select ${comboId}, unnest(${memberIds})
    on conflict (tenant_id, combo_id, member_id) do nothing`),
)
