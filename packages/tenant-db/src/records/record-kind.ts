import type { Statement } from '@tenantry/connections/statement'
import type { Acting } from './acting.ts'
import type { Fields } from './diff.ts'
import type { LockStatement } from './lock.ts'
import type { Refusals } from './refusal.ts'

/** What every record has, whatever its kind. */
export interface RecordRow {
  id: string
  version: number
  updatedAt: string
  archivedAt: string | null
  deletedAt: string | null
}

/** All that creating, changing, archiving, deleting and undoing need to know about one kind of record. */
export interface RecordKind<Row extends RecordRow> {
  /** Its word in the history. */
  entity: string
  byId: Statement<{ id: string }, Row>
  lock: LockStatement
  /** A row's fields in the form in which inputs and history write them. */
  fieldsOf(row: Row): Fields
  /** What the constraints that an input can break mean. */
  refusals: Refusals
  /** Writes a new record and gives it back as it reads from now on. */
  insert(acting: Acting, id: string, fields: Fields): Promise<Row>
  /** Writes `changes`, none of which is the same as before, and counts up the version. Gives back the record after it. */
  update(acting: Acting, before: Row, changes: Fields): Promise<Row>
}
