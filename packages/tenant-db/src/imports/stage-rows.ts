import { statement } from '@tenantry/connections/statement'
import type { ImportEntity, ImportMapping } from '@tenantry/contracts/imports'
import { sql } from 'drizzle-orm'
import { importBatches } from '../import-batches/table.ts'
import { importRows } from '../import-rows/table.ts'

export interface StagedRow {
  row: number
  cells: readonly string[]
}

export interface StagedFile {
  header: readonly string[]
  encoding: string
  delimiter: string
  mapping: ImportMapping
  total: number
}

export const beginBatch = statement<
  { id: string; entity: ImportEntity; fileName: string; workId: string; actorId: string | null },
  never
>((db) =>
  db.execute(sql`insert into ${importBatches} (id, entity, file_name, status, work_id, created_by)
    values (${sql.placeholder('id')}::uuid, ${sql.placeholder('entity')}, ${sql.placeholder('fileName')}, 'staging',
      ${sql.placeholder('workId')}::uuid, ${sql.placeholder('actorId')}::uuid)`),
)

export const stageRows = statement<{ batchId: string; rows: string }, never>((db) =>
  db.execute(sql`insert into ${importRows} (tenant_id, batch_id, row_no, raw)
    select (select crm.current_tenant()), ${sql.placeholder('batchId')}::uuid, r.row, r.cells
    from jsonb_to_recordset(${sql.placeholder('rows')}::jsonb) as r(row bigint, cells jsonb)`),
)

/** Only a batch that is still coming in goes on: one that was given up meanwhile is being thrown away. */
export const noteStaging = statement<{ id: string }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`update ${importBatches} set updated_at = now()
    where id = ${sql.placeholder('id')}::uuid and status = 'staging' returning id`),
)

export const endStaging = statement<{ id: string; file: string }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`update ${importBatches} set status = 'draft', updated_at = now(), header = f.header,
      encoding = f.encoding, delimiter = f.delimiter, mapping = f.mapping, total = f.total
    from jsonb_to_record(${sql.placeholder('file')}::jsonb)
      as f(header jsonb, encoding text, delimiter text, mapping jsonb, total int)
    where id = ${sql.placeholder('id')}::uuid and status = 'staging' returning id`),
)

/** The last rows first, so that a batch that is half gone has no gap before its end. */
export const removeRows = statement<{ batchId: string; limit: number }, { row: string }>((db) =>
  db.execute<{
    row: string
  }>(sql`delete from ${importRows} where batch_id = ${sql.placeholder('batchId')}::uuid and row_no >= (
      select min(row_no) from (select row_no from ${importRows} where batch_id = ${sql.placeholder('batchId')}::uuid
        order by row_no desc limit ${sql.placeholder('limit')}) last) returning row_no::text as row`),
)

export const removeBatch = statement<{ id: string }, never>((db) =>
  db.execute(sql`delete from ${importBatches} where id = ${sql.placeholder('id')}::uuid`),
)
