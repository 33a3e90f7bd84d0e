import { useQueryClient, type QueryFilters } from '@tanstack/react-query'
import { useState } from 'react'
import { useAnnounce } from '../ui/toast.tsx'
import type { TimelineChange } from './timeline.tsx'

/** What can be asked of every kind of record; each entity passes its own procedures. */
export interface RecordCalls<Id extends string, Row> {
  archive: (at: { id: Id; version: number }) => Promise<Row>
  unarchive: (at: { id: Id; version: number }) => Promise<Row>
  remove: (at: { id: Id; version: number }) => Promise<Row>
  restore: (at: { id: Id; version: number }) => Promise<Row>
  undo: (of: { id: Id; changeId: string }) => Promise<Row>
  /** The newest line of the timeline. */
  lastChange: (id: Id) => Promise<TimelineChange | undefined>
}

export interface RecordActions<Row> {
  isBusy: boolean
  archive: () => Promise<boolean>
  unarchive: () => Promise<boolean>
  remove: () => Promise<boolean>
  restore: () => Promise<boolean>
  undo: (change: { id: string }) => Promise<boolean>
  /** Says that a change was saved, and offers to take it back. */
  announce: (title: string, saved: Row) => void
}

/**
 * Actions on a whole record. Each says in a toast what it did and offers to take it back; a refusal is said there too, and
 * what is shown is read again, since it may be why.
 */
export function useRecordActions<Id extends string, Row extends { id: Id; version: number }>(
  record: { id: Id; version: number; name: string },
  calls: RecordCalls<Id, Row>,
  reads: QueryFilters[],
): RecordActions<Row> {
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const [isBusy, setBusy] = useState(false)
  const at = { id: record.id, version: record.version }

  const run = async (work: () => Promise<Row>, title: string, canUndo: boolean): Promise<boolean> => {
    setBusy(true)
    try {
      const row = await work()
      if (canUndo) announceWithUndo(title, row)
      else announce({ title })
      return true
    } catch (error) {
      const detail = error instanceof Error ? error.message : undefined
      announce({ tone: 'bad', title: 'That did not work', ...(detail !== undefined && { detail }) })
      return false
    } finally {
      setBusy(false)
      await Promise.all(reads.map((read) => queryClient.invalidateQueries(read)))
    }
  }

  /** Only a change that is still the last one is taken back from a toast; any other, from the timeline. */
  const undoChangeOf = async (row: Row): Promise<Row> => {
    const last = await calls.lastChange(row.id)
    if (last === undefined || last.versionAfter !== row.version) {
      throw new Error('Somebody has changed it since. Take it back from the timeline.')
    }
    return calls.undo({ id: row.id, changeId: last.id })
  }

  const announceWithUndo = (title: string, row: Row) =>
    announce({ title, action: { label: 'Undo', run: () => void run(() => undoChangeOf(row), 'Taken back', false) } })

  return {
    isBusy,
    archive: () => run(() => calls.archive(at), `Archived ${record.name}`, true),
    unarchive: () => run(() => calls.unarchive(at), `${record.name} is out of the archive`, true),
    remove: () => run(() => calls.remove(at), `Deleted ${record.name}`, true),
    restore: () => run(() => calls.restore(at), `Restored ${record.name}`, true),
    undo: (change) => run(() => calls.undo({ id: record.id, changeId: change.id }), 'Taken back', true),
    announce: announceWithUndo,
  }
}
