'use client'

import { Plus } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Failure } from '../failure.tsx'
import { useMay } from '../shell/use-session.ts'
import { buttonLook } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'

/** Records that belong to this one: the first few, a way to all of them, and a way to add one. */
export function RelatedCard<Row extends { id: string }>(props: {
  title: string
  rows: readonly Row[] | undefined
  error: { message: string } | null
  hasMore: boolean
  allHref: string
  newHref: string
  newLabel: string
  hrefOf: (row: Row) => string
  nameOf: (row: Row) => string
  detail: (row: Row) => ReactNode
  end: (row: Row) => ReactNode
}) {
  const mayWrite = useMay('records.write')
  const { rows, error } = props
  return (
    <Card
      title={props.title}
      className="p-0"
      count={rows === undefined || rows.length === 0 ? undefined : `${rows.length}${props.hasMore ? '+' : ''}`}
      action={
        mayWrite && (
          <Link href={props.newHref} className={buttonLook({ look: 'quiet', size: 'small' })}>
            <Plus aria-hidden className="size-4" />
            {props.newLabel}
          </Link>
        )
      }
    >
      {rows === undefined && (
        <div className="p-4">{error === null ? <SkeletonRows count={2} /> : <Failure error={error} />}</div>
      )}
      {rows?.length === 0 && <p className="px-4 py-3.5 text-muted">None yet.</p>}
      {rows !== undefined && rows.length > 0 && (
        <ul className="divide-y divide-line">
          {rows.map((row) => (
            <li key={row.id} className="relative flex items-center gap-3 px-4 py-2.5 hover:bg-sunken/60">
              <div className="min-w-0 flex-1">
                <Link href={props.hrefOf(row)} className="block truncate font-medium after:absolute after:inset-0">
                  {props.nameOf(row)}
                </Link>
                <p className="truncate text-[13px] text-muted">{props.detail(row)}</p>
              </div>
              <div className="flex shrink-0 items-center gap-2">{props.end(row)}</div>
            </li>
          ))}
        </ul>
      )}
      {props.hasMore && (
        <div className="border-t border-line px-4 py-2">
          <Link href={props.allHref} className="text-brand hover:underline">
            Show all
          </Link>
        </div>
      )}
    </Card>
  )
}
