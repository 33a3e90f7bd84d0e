'use client'

import type { SupportAccess } from '@tenantry/contracts/support'
import type { ReactNode } from 'react'
import { Badge, type Tone } from '../ui/badge.tsx'

/** Who looked into a company as an operator, why, and until when. `actions` stand beside those that are not over. */
export function SupportList<Row extends SupportAccess>(props: {
  rows: readonly Row[]
  format: (instant: string) => string
  whenNone: string
  actions?: (row: Row) => ReactNode
}) {
  const { rows, format } = props
  if (rows.length === 0) return <p className="px-4 py-3 text-muted">{props.whenNone}</p>
  return (
    <ul className="divide-y divide-line">
      {rows.map((row) => (
        <li key={row.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
          <div className="grid min-w-0 flex-1 basis-64 gap-0.5 break-words">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{row.operatorName}</span>
              <Badge tone={stateOf(row).tone}>{stateOf(row).label}</Badge>
            </p>
            <p>{row.reason}</p>
            <p className="text-[13px] text-muted">{periodOf(row, format)}</p>
          </div>
          {row.isLive && props.actions !== undefined && <div className="flex gap-2">{props.actions(row)}</div>}
        </li>
      ))}
    </ul>
  )
}

function stateOf(row: SupportAccess): { label: string; tone: Tone } {
  if (row.isLive) return { label: 'Active now', tone: 'warn' }
  return row.endedAt === null ? { label: 'Expired', tone: 'neutral' } : { label: 'Ended', tone: 'neutral' }
}

function periodOf(row: SupportAccess, format: (instant: string) => string): string {
  const from = format(row.openedAt)
  if (row.endedAt !== null) return `From ${from}, ended by ${row.endedBy ?? 'somebody'} on ${format(row.endedAt)}`
  return `From ${from} until ${format(row.expiresAt)}`
}
