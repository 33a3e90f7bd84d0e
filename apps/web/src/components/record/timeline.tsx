'use client'

import type { CustomizedEntity } from '@tenantry/contracts/custom-fields'
import type { RecordChange } from '@tenantry/contracts/record'
import { Undo2 } from 'lucide-react'
import { technicalFields } from '../../format/field-labels.ts'
import { useFieldWords } from '../custom-fields/use-field-words.ts'
import { Ago } from '../ago.tsx'
import { Failure } from '../failure.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { FieldValue } from './field-value.tsx'
import { standingChanges } from './standing-changes.ts'
import { sentenceOf } from './change-sentence.ts'

/** A change as it arrives: a value JSON cannot carry is absent. */
export type TimelineChange = Omit<RecordChange, 'diff'> & { diff: Record<string, { from?: unknown; to?: unknown }> }

export interface TimelineProps {
  /** What is told of, by its word in the history. */
  noun: CustomizedEntity
  changes: TimelineChange[] | undefined
  error: { message: string } | null
  hasMore: boolean
  isLoadingMore: boolean
  onMore: () => void
  onRetry: () => void
  /** The currency of the record, for amounts in its history. */
  currency?: string
  isUndoing: boolean
  /** Without it the timeline can only be read. */
  onUndo?: (change: TimelineChange) => void
}

/** What happened to a record, newest first. */
export function Timeline(props: TimelineProps) {
  const { changes, error } = props
  const undone = new Set(changes?.flatMap((change) => (change.undoOf === null ? [] : [change.undoOf])))
  const standing = standingChanges(changes ?? [])
  return (
    <Card title="Timeline">
      {changes === undefined &&
        (error === null ? <SkeletonRows count={5} /> : <Failure error={error} onRetry={props.onRetry} />)}
      {changes !== undefined && (
        <ol className="grid">
          {changes.map((change) => (
            <Entry
              key={change.id}
              change={change}
              isUndone={undone.has(change.id) && !standing.has(change.id)}
              isStanding={standing.has(change.id)}
              timeline={props}
            />
          ))}
        </ol>
      )}
      {props.hasMore && (
        <Button size="small" className="mt-3 w-full" disabled={props.isLoadingMore} onClick={props.onMore}>
          {props.isLoadingMore ? 'Loading…' : 'Load more'}
        </Button>
      )}
    </Card>
  )
}

function Entry(props: { change: TimelineChange; isUndone: boolean; isStanding: boolean; timeline: TimelineProps }) {
  const { change, isUndone, timeline } = props
  const { onUndo } = timeline
  const words = useFieldWords(timeline.noun)
  const fields =
    change.action === 'created' ? [] : Object.entries(change.diff).filter(([field]) => !technicalFields.has(field))
  return (
    <li className="group relative grid gap-1 border-l border-line pb-5 pl-4 last:border-transparent last:pb-0">
      <span aria-hidden className="absolute top-1.5 -left-[4.5px] size-2 rounded-full bg-field-line ring-4 ring-card" />
      <p>
        <span className="font-medium">{change.actorName ?? 'The system'}</span>{' '}
        {sentenceOf(change, timeline.noun, words.labelOf)}
      </p>
      {fields.length > 0 && (
        <dl className="grid gap-1 text-[13px]">
          {fields.map(([field, { from, to }]) => (
            <div key={field} className="min-w-0 text-muted">
              <dt className="inline">{words.labelOf(field)}: </dt>
              <dd className="inline break-words">
                <span className={isUndone ? '' : 'line-through decoration-field-line'}>
                  <FieldValue field={field} value={words.wordsOf(field, from)} currency={timeline.currency} />
                </span>
                <span aria-label="to"> → </span>
                <span className="line-clamp-4 inline text-ink">
                  <FieldValue field={field} value={words.wordsOf(field, to)} currency={timeline.currency} />
                </span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div className="flex min-h-6 items-center gap-2 text-xs text-muted">
        <Ago instant={change.at} />
        {isUndone && <span>taken back</span>}
        {onUndo !== undefined && props.isStanding && (
          <button
            type="button"
            disabled={timeline.isUndoing}
            onClick={() => onUndo(change)}
            className="inline-flex items-center gap-1 rounded px-1 py-0.5 font-medium text-brand hover:bg-brand-soft disabled:opacity-50"
          >
            <Undo2 aria-hidden className="size-3" />
            Undo
          </button>
        )}
      </div>
    </li>
  )
}
