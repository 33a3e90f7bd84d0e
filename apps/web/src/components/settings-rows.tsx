import type { ReactNode } from 'react'
import { Card } from './ui/card.tsx'
import { EmptyState } from './ui/empty-state.tsx'

/** What a company has set up of one kind, in rows under its name; while there is none, what it would be for. */
export function SettingsRows<Row extends { id: string }>(props: {
  title: string
  rows: readonly Row[]
  /** Adds one. */
  action: ReactNode
  empty: { icon: ReactNode; title: string; hint: ReactNode }
  children: (row: Row) => ReactNode
}) {
  const { title, rows, action, empty } = props
  if (rows.length === 0) {
    return (
      <EmptyState icon={empty.icon} title={empty.title} action={action}>
        {empty.hint}
      </EmptyState>
    )
  }
  return (
    <Card title={title} count={rows.length} className="p-0" action={action}>
      <ul className="divide-y divide-line">{rows.map(props.children)}</ul>
    </Card>
  )
}
