'use client'

import { ArrowDownUp, Columns3, ListFilter, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Menu, MenuChoices, MenuGroup, MenuToggle } from '../ui/menu.tsx'
import { Popover } from '../ui/popover.tsx'
import { Select } from '../ui/select.tsx'
import type { shows } from './list-parsers.ts'
import type { Column } from './record-table.tsx'
import { SearchBox } from './search-box.tsx'

type Show = (typeof shows)[number]

/** A filter that is set, in words, and how to lift it. */
export interface ActiveFilter {
  label: string
  clear: () => void
}

export interface ListToolbarProps<Row, Sort extends string, Key extends string> {
  noun: string
  /** Without `show` for a list that has neither archive nor bin. */
  state: { search: string; show?: Show; sort: Sort; order: 'asc' | 'desc'; columns: Key[] }
  onChange: (next: Partial<ListToolbarProps<Row, Sort, Key>['state']>) => void
  columns: readonly Column<Row, Sort, Key>[]
  sorts: Record<Sort, string>
  /** The controls of the filters. */
  filters: ReactNode
  active: readonly ActiveFilter[]
  onClearFilters: () => void
}

/** Search, filters, what to show, sorting and columns of a list. */
export function ListToolbar<Row, Sort extends string, Key extends string>(props: ListToolbarProps<Row, Sort, Key>) {
  const { state, onChange, active } = props
  const toggle = (key: Key, isOn: boolean) =>
    onChange({
      columns: props.columns.flatMap((one) =>
        (one.key === key ? isOn : state.columns.includes(one.key)) ? [one.key] : [],
      ),
    })
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        <SearchBox label={`Search ${props.noun}`} value={state.search} onChange={(search) => onChange({ search })} />
        <Popover
          title="Filters"
          trigger={
            <Button>
              <ListFilter aria-hidden className="size-4" />
              Filter
              {active.length > 0 && (
                <span className="rounded-full bg-brand px-1.5 text-xs text-on-brand tabular-nums">{active.length}</span>
              )}
            </Button>
          }
        >
          {props.filters}
          {active.length > 0 && (
            <Button look="quiet" size="small" className="justify-self-start" onClick={props.onClearFilters}>
              Clear all
            </Button>
          )}
        </Popover>
        {state.show !== undefined && (
          <Select
            aria-label="Show"
            className="w-auto border-line hover:border-line hover:bg-sunken"
            options={showOptions}
            value={state.show}
            onChange={(show) => onChange({ show })}
          />
        )}
        <Menu
          trigger={
            <Button look="plain" size="icon" aria-label="Sort">
              <ArrowDownUp aria-hidden className="size-4" />
            </Button>
          }
        >
          <MenuChoices
            label="Sort by"
            value={state.sort}
            choices={sortChoices(props.sorts)}
            onChange={(sort) => onChange({ sort })}
          />
          <MenuChoices label="Order" value={state.order} choices={orders} onChange={(order) => onChange({ order })} />
        </Menu>
        <div className="hidden md:block">
          <Menu
            trigger={
              <Button look="plain" size="icon" aria-label="Columns">
                <Columns3 aria-hidden className="size-4" />
              </Button>
            }
          >
            <MenuGroup label="Columns">
              {props.columns.map((column) => (
                <MenuToggle
                  key={column.key}
                  isOn={state.columns.includes(column.key)}
                  onChange={(isOn) => toggle(column.key, isOn)}
                >
                  {column.title}
                </MenuToggle>
              ))}
            </MenuGroup>
          </Menu>
        </div>
      </div>
      {active.length > 0 && (
        <ul aria-label="Filters in use" className="flex flex-wrap gap-1.5">
          {active.map((filter) => (
            <li key={filter.label}>
              <button
                type="button"
                onClick={filter.clear}
                aria-label={`Lift the filter ${filter.label}`}
                className="flex h-7 items-center gap-1 rounded-full bg-brand-soft pr-1.5 pl-2.5 text-[13px] text-brand-strong hover:brightness-95"
              >
                {filter.label}
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

const showOptions: { value: Show; label: string }[] = [
  { value: 'active', label: 'Current' },
  { value: 'archived', label: 'Archived' },
  { value: 'deleted', label: 'Deleted' },
]
const orders = [
  { value: 'asc', label: 'Ascending' },
  { value: 'desc', label: 'Descending' },
] as const

function sortChoices<Sort extends string>(sorts: Record<Sort, string>) {
  // The keys of a record written by us hold exactly its declared names.
  return (Object.keys(sorts) as Sort[]).map((value) => ({ value, label: sorts[value] }))
}
