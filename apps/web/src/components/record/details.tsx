import type { ReactNode } from 'react'
import { Card } from '../ui/card.tsx'

type Item = [label: string, value: ReactNode]

/** A group of labels and values; empty ones are left out, and a group without any too. */
export function Details(props: { title: string; items: Item[]; action?: ReactNode }) {
  const filled = props.items.filter(
    ([, value]) => value !== null && value !== undefined && value !== '' && value !== false,
  )
  if (filled.length === 0) return null
  return (
    <Card title={props.title} action={props.action}>
      <dl className="grid grid-cols-1 gap-x-6 gap-y-2.5 sm:grid-cols-2 sm:gap-y-3.5">
        {filled.map(([label, value]) => (
          <div key={label} className="grid min-w-0 grid-cols-[7.5rem_minmax(0,1fr)] items-baseline gap-x-3 sm:block">
            <dt className="text-[13px] text-muted sm:text-xs">{label}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

/** Text of several lines, over the whole width. */
export function Prose({ title, text }: { title: string; text: string | null }) {
  if (text === null || text.trim() === '') return null
  return (
    <Card title={title}>
      <p className="max-w-prose break-words whitespace-pre-wrap">{text}</p>
    </Card>
  )
}
