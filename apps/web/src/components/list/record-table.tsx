'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { twMerge } from 'tailwind-merge'

export interface Column<Row, Sort extends string, Key extends string = string> {
  key: Key
  title: string
  cell: (row: Row) => ReactNode
  /** The order a click on the title chooses. */
  sort?: Sort
  isNumber?: boolean
  /** A width class; without it the column takes its share. */
  width?: string
}

export interface RecordTableProps<Row extends { id: string }, Sort extends string, Key extends string> {
  label: string
  columns: readonly Column<Row, Sort, Key>[]
  shown: readonly Key[]
  rows: readonly Row[]
  nameOf: (row: Row) => string
  hrefOf: (row: Row) => string
  /** On a phone the columns are one line under the name. */
  phoneLine: (row: Row) => ReactNode
  nameSort: Sort
  state: { sort: Sort; order: 'asc' | 'desc' }
  onSort: (next: { sort: Sort; order: 'asc' | 'desc' }) => void
  /** The rows are those of a question asked before; the answer is on its way. */
  isStale: boolean
}

/** Rows of records. The whole row leads to the record; on a phone it is a name and one line. */
export function RecordTable<Row extends { id: string }, Sort extends string, Key extends string>(
  props: RecordTableProps<Row, Sort, Key>,
) {
  const columns = props.columns.filter((column) => props.shown.includes(column.key))
  return (
    <div
      className={twMerge(
        'overflow-clip rounded-lg border border-line bg-card transition-opacity',
        props.isStale && 'opacity-60',
      )}
    >
      <table aria-label={props.label} aria-busy={props.isStale} className="w-full table-fixed text-left">
        <thead className="sticky top-0 z-10 hidden bg-sunken text-xs text-muted md:table-header-group">
          <tr>
            <HeaderCell
              title="Name"
              sort={props.nameSort}
              state={props.state}
              onSort={props.onSort}
              className="w-[27%]"
            />
            {columns.map((column) => (
              <HeaderCell
                key={column.key}
                title={column.title}
                sort={column.sort}
                isNumber={column.isNumber}
                state={props.state}
                onSort={props.onSort}
                className={column.width}
              />
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {props.rows.map((row) => (
            <tr key={row.id} className="relative hover:bg-sunken/60 has-focus-visible:bg-sunken/60">
              <th scope="row" className="px-4 py-2.5 align-top font-medium md:align-middle">
                <Link href={props.hrefOf(row)} className="block truncate after:absolute after:inset-0">
                  {props.nameOf(row)}
                </Link>
                <div className="mt-0.5 flex min-w-0 items-center gap-2 text-[13px] font-normal text-muted md:hidden">
                  {props.phoneLine(row)}
                </div>
              </th>
              {columns.map((column) => (
                <td
                  key={column.key}
                  className={twMerge(
                    'hidden truncate px-4 py-2.5 text-muted md:table-cell',
                    column.isNumber && 'text-right text-ink tabular-nums',
                  )}
                >
                  {column.cell(row) || <span aria-label="none">–</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function HeaderCell<Sort extends string>(props: {
  title: string
  sort: Sort | undefined
  state: { sort: Sort; order: 'asc' | 'desc' }
  onSort: (next: { sort: Sort; order: 'asc' | 'desc' }) => void
  isNumber?: boolean
  className?: string
}) {
  const { sort, state } = props
  const isSorted = sort !== undefined && sort === state.sort
  const Arrow = state.order === 'asc' ? ArrowUp : ArrowDown
  const look = twMerge('px-4 py-2 font-medium', props.isNumber && 'text-right', props.className)
  if (sort === undefined) {
    return (
      <th scope="col" className={look}>
        {props.title}
      </th>
    )
  }
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (state.order === 'asc' ? 'ascending' : 'descending') : 'none'}
      className={look}
    >
      <button
        type="button"
        onClick={() => props.onSort({ sort, order: isSorted && state.order === 'asc' ? 'desc' : 'asc' })}
        className={twMerge('inline-flex items-center gap-1 rounded font-medium hover:text-ink', isSorted && 'text-ink')}
      >
        {props.title}
        {isSorted && <Arrow aria-hidden className="size-3" />}
      </button>
    </th>
  )
}
