import type { Acting } from './acting.ts'
import { transactionTime, writeChange } from './change-record.ts'
import { stillStands, valuesBefore } from './diff.ts'
import { found } from './found.ts'
import { findChange } from './history.ts'
import { lockAndRead } from './lock.ts'
import { inOneTrip } from './one-trip.ts'
import { fieldsOf, type RecordKind, type RecordRow } from './record-kind.ts'
import { staleWrite } from './stale-write.ts'

/**
 * Gives the fields of one change the values they had before it, as a change of its own that can be undone too. Undoing
 * the creation puts the record into the bin. Throws NOT_FOUND, and STALE_WRITE when a field has changed since.
 */
export async function undoChange<Row extends RecordRow>(
  acting: Acting,
  kind: RecordKind<Row>,
  id: string,
  changeId: string,
): Promise<Row> {
  const { executor } = acting
  const [before, change, now] = await inOneTrip([
    lockAndRead(executor, kind, id),
    findChange(executor, { entity: kind.entity, entityId: id, changeId }),
    transactionTime(executor),
  ])
  const { diff, action, versionAfter } = found(change)
  const since = versionAfter ?? before.version
  const stands = action === 'created' ? before.version === since : stillStands(diff, fieldsOf(kind, before))
  if (!stands) throw await staleWrite(executor, kind, before, since)
  const changes = action === 'created' ? { deletedAt: now } : valuesBefore(diff)
  return writeChange(acting, kind, before, changes, { action: 'undone', undoOf: changeId })
}
