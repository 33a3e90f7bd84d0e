import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { ImportEntity } from '@tenantry/contracts/imports'
import { sql } from 'drizzle-orm'
import { importBatches } from '../import-batches/table.ts'
import { recordChanges } from '../record-changes/table.ts'

/** A record as an import has left it: of a changed one the version, of a made one 0. */
export interface LeftRecord {
  id: string
  version: number
}

/**
 * Which records were touched since by anybody but the import of this name, by their ids, with what is to be said of each.
 * Every change leaves its line, and the lines of an import carry its name. Another import that has been taken back has
 * touched nothing: of each of its changes there is a line that undoes it.
 */
export async function touchedSince(
  executor: Executor,
  entity: ImportEntity,
  { records, requestId }: { records: readonly LeftRecord[]; requestId: string },
): Promise<Map<string, string>> {
  if (records.length === 0) return new Map()
  const rows = await executor.run(touchedByOthers, { entity, records: JSON.stringify(records), requestId })
  return new Map(rows.map(({ id, fileName }) => [id, fileName === null ? bySomebody : byImport(fileName)]))
}

const bySomebody = 'Somebody has changed this record since.'

function byImport(fileName: string): string {
  return `The import of «${fileName}» has changed this record since. Take that one back first.`
}

const entity = sql`${sql.placeholder('entity')}::text`

const touchedByOthers = statement<
  { entity: string; records: string; requestId: string },
  { id: string; fileName: string | null }
>((db) =>
  db.execute<{ id: string; fileName: string | null }>(sql`
    select distinct on (o.id) o.id, b.file_name as "fileName"
    from (
      select r.id, c.request_id, max(c.id) as line
      from jsonb_to_recordset(${sql.placeholder('records')}::jsonb) as r(id uuid, version int)
      left join ${recordChanges} l on l.entity = ${entity} and l.entity_id = r.id and l.version_after = r.version
      join ${recordChanges} c on c.entity = ${entity} and c.entity_id = r.id and c.id > coalesce(l.id, 0)
      where c.request_id is distinct from ${sql.placeholder('requestId')}::text
      group by 1, 2
      having c.request_id is null or c.request_id not like 'import-%'
        or sum(case c.action when 'changed' then 1 when 'undone' then -1 else 1000000 end) <> 0
    ) o
    left join ${importBatches} b on o.request_id = 'import-' || b.id
    order by o.id, o.line desc`),
)
