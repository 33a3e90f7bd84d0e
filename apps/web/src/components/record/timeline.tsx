import type { RecordChange } from '@tenantry/contracts/record'
import { formatInstant } from '../../format/dates.ts'
import { Button } from '../ui/button.tsx'

/** A change as it arrives: a value JSON cannot carry is absent. */
export type TimelineChange = Omit<RecordChange, 'diff'> & { diff: Record<string, { from?: unknown; to?: unknown }> }

const undoable = new Set<RecordChange['action']>(['changed', 'archived', 'unarchived', 'deleted', 'restored', 'moved'])

/** What happened to a record, newest first. Without `onUndo` it can only be read. */
export function Timeline(props: {
  changes: TimelineChange[]
  locale: string
  timeZone?: string
  isUndoing: boolean
  onUndo?: (change: TimelineChange) => void
}) {
  const { onUndo } = props
  return (
    <ol className="grid gap-4 border-l border-line pl-4">
      {props.changes.map((change) => (
        <li key={change.id} className="grid gap-1">
          <p>
            <span className="font-medium">{change.actorName ?? 'The system'}</span> {change.action} this record
          </p>
          <ul className="text-[13px] text-muted">
            {Object.entries(change.diff).map(([field, { from, to }]) => (
              <li key={field} className="break-words">
                {wordsOf(field)}: {valueText(from)} → {valueText(to)}
              </li>
            ))}
          </ul>
          <div className="flex items-center gap-2 text-xs text-muted">
            <time dateTime={change.at}>{formatInstant(change.at, props.locale, props.timeZone)}</time>
            {onUndo !== undefined && undoable.has(change.action) && (
              <Button size="small" look="quiet" disabled={props.isUndoing} onClick={() => onUndo(change)}>
                Undo
              </Button>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}

/** `billingCity` as «billing city». */
export function wordsOf(field: string): string {
  return field.replaceAll(/[A-Z0-9]+/g, (part) => ` ${part.toLowerCase()}`)
}

export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
