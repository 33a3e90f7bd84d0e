import { useQueryClient, type QueryFilters } from '@tanstack/react-query'
import { useState } from 'react'
import { useAnnounce } from '../ui/toast.tsx'
import type { TimelineChange } from './timeline.tsx'

/** How a kind of record takes back a change, and what has to be read again after any. */
export interface UndoCalls<Id extends string, Row> {
  undo: (of: { id: Id; changeId: string }) => Promise<Row>
  /** The newest line of the timeline. */
  lastChange: (id: Id) => Promise<TimelineChange | undefined>
  reads: QueryFilters[]
}

/**
 * Changes that are said in a toast, which offers to take them back. A refusal is said there too, and what is shown is read
 * again, since it may be why.
 */
export function useUndoable<Id extends string, Row extends { id: Id; version: number }>(calls: UndoCalls<Id, Row>) {
  const queryClient = useQueryClient()
  const say = useAnnounce()
  const [isBusy, setBusy] = useState(false)

  /** Tells whether it was done; then `after` says so. */
  const run = async (work: () => Promise<Row>, title: string, after: (title: string, row: Row) => void) => {
    setBusy(true)
    try {
      after(title, await work())
      return true
    } catch (error) {
      const detail = error instanceof Error ? error.message : undefined
      say({ tone: 'bad', title: 'That did not work', ...(detail !== undefined && { detail }) })
      return false
    } finally {
      setBusy(false)
      await Promise.all(calls.reads.map((read) => queryClient.invalidateQueries(read)))
    }
  }

  /** Only a change that is still the last one is taken back from a toast; any other, from the timeline. */
  const undoLast = async (row: Row): Promise<Row> => {
    const last = await calls.lastChange(row.id)
    if (last === undefined || last.versionAfter !== row.version) {
      throw new Error('Somebody has changed it since. Take it back from the timeline.')
    }
    return calls.undo({ id: row.id, changeId: last.id })
  }

  const announce = (title: string, row: Row) =>
    say({
      title,
      action: {
        label: 'Undo',
        run: () =>
          void run(
            () => undoLast(row),
            'Taken back',
            (done) => say({ title: done }),
          ),
      },
    })

  return { isBusy, run, announce }
}
