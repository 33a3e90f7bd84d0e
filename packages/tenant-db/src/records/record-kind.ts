import type { CustomValues } from '@tenantry/contracts/custom-values'
import type { Statement } from '@tenantry/connections/statement'
import type { Acting } from './acting.ts'
import { withCustomApart } from './custom.ts'
import type { Fields } from './diff.ts'
import type { ChangeAction, Entry } from './history.ts'
import type { LockStatement } from './lock.ts'
import type { Refusals } from './refusal.ts'

/** What every record has, whatever its kind. */
export interface RecordRow {
  id: string
  version: number
  updatedAt: string
  archivedAt: string | null
  deletedAt: string | null
  /** Absent where there are no custom fields. */
  custom?: CustomValues
}

/** All that creating, changing, archiving, deleting and undoing need to know about one kind of record. */
export interface RecordKind<Row extends RecordRow> {
  /** Its word in the history. */
  entity: string
  byId: Statement<{ id: string }, Row>
  lock: LockStatement
  /** A row's fields in the form in which inputs write them. */
  fieldsOf(row: Row): Fields
  /** Throws RULE_VIOLATED for a change that this kind of record does not allow in the state it is in; left out, it allows all. */
  assertAllows?(before: Row, action: ChangeAction, changes: Fields): void
  /** What else changes with some changes, whichever way they come about. */
  entails?(before: Row, changes: Fields): Fields
  /** What the constraints that an input can break mean. */
  refusals: Refusals
  /** Writes a new record with its line of history, and gives it back as it reads from now on. */
  insert(acting: Acting, entry: Entry, fields: Fields): Promise<Row>
  /** The same for `changes`, none of which is the same as before. Counts up the version. */
  update(acting: Acting, entry: Entry, { before, changes }: { before: Row; changes: Fields }): Promise<Row>
}

/** A row's fields as they are compared and remembered: custom fields are fields of their own. */
export function fieldsOf<Row extends RecordRow>(kind: RecordKind<Row>, row: Row): Fields {
  return withCustomApart(kind.fieldsOf(row))
}
