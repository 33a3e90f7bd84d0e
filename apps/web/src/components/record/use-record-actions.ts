import { useUndoable, type UndoCalls } from './use-undoable.ts'

/** What can be asked of every kind of record; each entity passes its own procedures. */
export interface RecordCalls<Id extends string, Row> extends UndoCalls<Id, Row> {
  archive: (at: { id: Id; version: number }) => Promise<Row>
  unarchive: (at: { id: Id; version: number }) => Promise<Row>
  remove: (at: { id: Id; version: number }) => Promise<Row>
  restore: (at: { id: Id; version: number }) => Promise<Row>
}

export interface RecordActions<Row> {
  isBusy: boolean
  /** Each tells whether it was done. */
  archive: () => Promise<boolean>
  unarchive: () => Promise<boolean>
  remove: () => Promise<boolean>
  restore: () => Promise<boolean>
  undo: (change: { id: string }) => Promise<boolean>
  /** Says that a change was saved, and offers to take it back. */
  announce: (title: string, saved: Row) => void
}

/** Actions on a whole record, each said in a toast that offers to take it back. */
export function useRecordActions<Id extends string, Row extends { id: Id; version: number }>(
  record: { id: Id; version: number; name: string },
  calls: RecordCalls<Id, Row>,
): RecordActions<Row> {
  const { isBusy, run, announce } = useUndoable(calls)
  const { id, version, name } = record
  const at = { id, version }
  return {
    isBusy,
    announce,
    archive: () => run(() => calls.archive(at), `Archived ${name}`, announce),
    unarchive: () => run(() => calls.unarchive(at), `${name} is out of the archive`, announce),
    remove: () => run(() => calls.remove(at), `Deleted ${name}`, announce),
    restore: () => run(() => calls.restore(at), `Restored ${name}`, announce),
    undo: (change) => run(() => calls.undo({ id, changeId: change.id }), 'Taken back', announce),
  }
}
