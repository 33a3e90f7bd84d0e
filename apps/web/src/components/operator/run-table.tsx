'use client'

import type { FleetRun } from '@tenantry/contracts/fleet'
import Link from 'next/link'
import { runLabel } from '../../format/labels.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { ConsoleAgo, consoleInstant } from './console-ago.tsx'

/** Commands that ran, newest first, and how far each came. */
export function RunTable(props: { runs: readonly FleetRun[] | undefined; whenNone: string; showsTenant?: boolean }) {
  const { runs } = props
  if (runs === undefined) return <SkeletonRows count={3} />
  if (runs.length === 0) return <p className="px-4 py-3 text-muted">{props.whenNone}</p>
  return (
    <ul className="divide-y divide-line">
      {runs.map((run) => (
        <li key={run.id} className="flex flex-wrap items-start gap-x-4 gap-y-1 px-4 py-2.5">
          <div className="grid min-w-0 flex-1 basis-56 gap-0.5 break-words">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{runLabel(run.kind)}</span>
              {props.showsTenant && run.subject !== '' && <Subject run={run} />}
              <Badge tone={run.isStale ? 'bad' : tones[run.status]}>
                {run.isStale ? 'Not heard of' : labels[run.status]}
              </Badge>
            </p>
            <p className="text-[13px] text-muted">
              {run.startedBy}, {unitsOf(run)}
            </p>
          </div>
          <p className="text-[13px] text-muted" title={consoleInstant(run.startedAt)}>
            <ConsoleAgo instant={run.startedAt} />
          </p>
        </li>
      ))}
    </ul>
  )
}

function Subject({ run }: { run: FleetRun }) {
  const text = <code className="font-mono text-[13px]">{run.subject}</code>
  if (run.tenantId === null) return text
  return (
    <Link href={`/operator/tenants/${run.subject}`} className="underline underline-offset-4">
      {text}
    </Link>
  )
}

function unitsOf({ units, attempts }: FleetRun): string {
  const done = units.done ?? 0
  const all = Object.values(units).reduce<number>((sum, count = 0) => sum + count, 0)
  const steps = all === 0 ? 'no steps yet' : `${done} of ${all} steps done`
  const failed = units.failed === undefined ? '' : `, ${units.failed} failed`
  return `${steps}${failed}${attempts > 1 ? `, taken up ${attempts - 1} times` : ''}`
}

const labels: Record<FleetRun['status'], string> = {
  running: 'Running',
  done: 'Done',
  partly_failed: 'Partly failed',
  failed: 'Failed',
  interrupted: 'Interrupted',
}
const tones: Record<FleetRun['status'], Tone> = {
  running: 'brand',
  done: 'good',
  partly_failed: 'warn',
  failed: 'bad',
  interrupted: 'warn',
}
