'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { Failure } from '../failure.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'

export interface Column<Row> {
  title: string
  cell: (row: Row) => ReactNode
  /** Left out on a phone. */
  isWide?: boolean
  isNumber?: boolean
}

export interface RecordListProps<Row extends { id: string }> {
  noun: string
  columns: Column<Row>[]
  hrefOf: (row: Row) => string
  nameOf: (row: Row) => string
  rows: Row[] | undefined
  error: { message: string } | null
  hasMore: boolean
  isLoadingMore: boolean
  onMore: () => void
  onRetry: () => void
}

/** The one list of the application: loading, refused, empty, and rows with «show more». */
export function RecordList<Row extends { id: string }>(props: RecordListProps<Row>) {
  if (props.error !== null) return <Failure error={props.error} onRetry={props.onRetry} />
  if (props.rows === undefined) return <SkeletonRows />
  if (props.rows.length === 0) {
    return <EmptyState title={`No ${props.noun} here`}>Try another search, or show active ones.</EmptyState>
  }
  return (
    <div className="grid gap-3">
      <div className="overflow-hidden rounded-lg border border-line bg-card">
        <table className="w-full table-fixed text-left">
          <thead className="border-b border-line bg-sunken text-xs text-muted">
            <tr>
              <th scope="col" className="px-4 py-2 font-medium">
                Name
              </th>
              {props.columns.map((column) => (
                <th key={column.title} scope="col" className={`px-4 py-2 font-medium ${cellLook(column)}`}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {props.rows.map((row) => (
              <tr key={row.id} className="hover:bg-sunken">
                <th scope="row" className="truncate px-4 py-2.5 font-medium">
                  <Link href={props.hrefOf(row)} className="hover:underline">
                    {props.nameOf(row)}
                  </Link>
                </th>
                {props.columns.map((column) => (
                  <td key={column.title} className={`truncate px-4 py-2.5 text-muted ${cellLook(column)}`}>
                    {column.cell(row) ?? '–'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {props.hasMore && (
        <Button className="justify-self-center" disabled={props.isLoadingMore} onClick={props.onMore}>
          {props.isLoadingMore ? 'Loading…' : 'Show more'}
        </Button>
      )}
    </div>
  )
}

function cellLook(column: { isWide?: boolean; isNumber?: boolean }): string {
  return `${column.isWide ? 'hidden md:table-cell' : ''} ${column.isNumber ? 'text-right tabular-nums' : ''}`
}
