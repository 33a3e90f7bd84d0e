import type { ReactNode } from 'react'
import { Failure } from '../failure.tsx'
import { useMay, useTenantFormat } from '../shell/use-session.ts'
import { Badge } from '../ui/badge.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { Timeline, type TimelineChange } from './timeline.tsx'

interface RecordPageProps {
  title: string
  state: { archivedAt: string | null; deletedAt: string | null }
  actions?: ReactNode
  children: ReactNode
  /** Why the last action was refused. */
  refusal: { message: string } | null
  timeline: { data: TimelineChange[] | undefined; error: { message: string } | null }
  isUndoing: boolean
  onUndo: (change: TimelineChange) => void
}

/** Title, state and actions above; details beside the timeline. */
export function RecordPage(props: RecordPageProps) {
  const mayWrite = useMay('records.write')
  const { locale, timeZone } = useTenantFormat()
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-xl font-semibold break-words">{props.title}</h1>
        {props.state.archivedAt !== null && <Badge tone="warn">Archived</Badge>}
        {props.state.deletedAt !== null && <Badge tone="bad">Deleted</Badge>}
        {mayWrite && <div className="ml-auto flex flex-wrap gap-2">{props.actions}</div>}
      </div>
      {props.refusal !== null && <Failure error={props.refusal} />}
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_22rem]">
        <div className="grid min-w-0 gap-5">{props.children}</div>
        <section aria-label="Timeline" className="grid min-w-0 gap-4">
          <h2 className="font-semibold">Timeline</h2>
          {props.timeline.error !== null && <Failure error={props.timeline.error} />}
          {props.timeline.data === undefined && props.timeline.error === null && <SkeletonRows count={4} />}
          {props.timeline.data !== undefined && (
            <Timeline
              changes={props.timeline.data}
              locale={locale}
              timeZone={timeZone}
              isUndoing={props.isUndoing}
              onUndo={mayWrite ? props.onUndo : undefined}
            />
          )}
        </section>
      </div>
    </div>
  )
}
