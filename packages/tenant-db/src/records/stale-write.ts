import type { Executor } from '@tenantry/connections/database'
import type { StaleWrite } from '@tenantry/contracts/record'
import { TenantryError } from '@tenantry/errors'
import { changesSince } from './history.ts'
import type { RecordKind, RecordRow } from './record-kind.ts'

/** A STALE_WRITE that says what others changed since `version`, with the values the fields have now. */
export async function staleWrite<Row extends RecordRow>(
  executor: Executor,
  kind: RecordKind<Row>,
  row: Row,
  version: number,
): Promise<TenantryError> {
  const entries = await changesSince(executor, { entity: kind.entity, entityId: row.id, version })
  const now = kind.fieldsOf(row)
  const fields = new Set(entries.flatMap((entry) => Object.keys(entry.diff)))
  const last = entries.at(-1)
  const data: StaleWrite = {
    currentVersion: row.version,
    changed: Object.fromEntries([...fields].map((field) => [field, now[field] ?? null])),
    changedBy: last?.actorName ?? null,
    changedAt: last?.at ?? row.updatedAt,
  }
  return new TenantryError('STALE_WRITE', { data })
}
