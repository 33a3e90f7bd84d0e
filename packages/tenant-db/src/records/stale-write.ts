import type { Executor } from '@tenantry/connections/database'
import type { StaleWrite } from '@tenantry/contracts/record'
import { TenantryError } from '@tenantry/errors'
import { differences, valuesAfter, valuesBefore, type Fields } from './diff.ts'
import { changesSince } from './history.ts'
import { fieldsOf, type RecordKind, type RecordRow } from './record-kind.ts'

/**
 * A STALE_WRITE that says what others changed since `version`, with the values the fields have now. A field that has its
 * old value again is not among them.
 */
export async function staleWrite<Row extends RecordRow>(
  executor: Executor,
  kind: RecordKind<Row>,
  row: Row,
  version: number,
): Promise<TenantryError> {
  const entries = await changesSince(executor, { entity: kind.entity, entityId: row.id, version })
  // Of several changes of a field the oldest says what the caller has read.
  const read = Object.assign({}, ...entries.map((entry) => valuesBefore(entry.diff)).reverse()) as Fields
  const now = fieldsOf(kind, row)
  const changes = Object.fromEntries(Object.keys(read).map((field) => [field, now[field] ?? null]))
  const last = entries.at(-1)
  const data: StaleWrite = {
    currentVersion: row.version,
    changed: valuesAfter(differences(read, changes)),
    changedBy: last?.actorName ?? null,
    changedAt: last?.at ?? row.updatedAt,
  }
  return new TenantryError('STALE_WRITE', { data })
}
