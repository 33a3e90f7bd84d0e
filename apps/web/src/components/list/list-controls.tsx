'use client'

import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Input, Select } from '../ui/input.tsx'
import { shows } from './list-address.ts'

const debounceMs = 250

export interface ListControlsProps<Sort extends string> {
  noun: string
  sorts: Record<Sort, string>
  state: { search: string; show: (typeof shows)[number]; sort: Sort; direction: 'asc' | 'desc' }
  onChange: (next: Partial<ListControlsProps<Sort>['state']>) => void
}

export function ListControls<Sort extends string>({ noun, sorts, state, onChange }: ListControlsProps<Sort>) {
  return (
    <div className="flex flex-wrap gap-2">
      <SearchBox noun={noun} value={state.search} onChange={(search) => onChange({ search })} />
      <Select
        aria-label="Show"
        className="w-auto"
        value={state.show}
        onChange={(event) => onChange({ show: shows.find((show) => show === event.target.value) ?? 'active' })}
      >
        <option value="active">Active</option>
        <option value="archived">Archived</option>
        <option value="deleted">Deleted</option>
      </Select>
      <Select
        aria-label="Sort by"
        className="w-auto"
        value={`${state.sort} ${state.direction}`}
        onChange={(event) => {
          const [name, direction] = event.target.value.split(' ')
          const sort = sortNames(sorts).find((one) => one === name)
          if (sort !== undefined) onChange({ sort, direction: direction === 'desc' ? 'desc' : 'asc' })
        }}
      >
        {sortNames(sorts).flatMap((sort) => [
          <option key={`${sort}-asc`} value={`${sort} asc`}>{`${sorts[sort]} ↑`}</option>,
          <option key={`${sort}-desc`} value={`${sort} desc`}>{`${sorts[sort]} ↓`}</option>,
        ])}
      </Select>
    </div>
  )
}

/** The keys of a record written by us hold exactly its declared names. */
function sortNames<Sort extends string>(sorts: Record<Sort, string>): Sort[] {
  return Object.keys(sorts) as Sort[]
}

function SearchBox(props: { noun: string; value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(props.value)
  const { value, onChange } = props
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => onChange(text), debounceMs)
    return () => clearTimeout(timer)
  }, [text, value, onChange])
  return (
    <div className="relative min-w-48 flex-1">
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-muted" />
      <Input
        type="search"
        aria-label={`Search ${props.noun}`}
        placeholder={`Search ${props.noun}`}
        className="pl-9"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  )
}
