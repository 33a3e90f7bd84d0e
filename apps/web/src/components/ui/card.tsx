import type { ReactNode } from 'react'
import { twMerge } from 'tailwind-merge'

/** A titled part of a page. */
export function Card(props: {
  title: string
  count?: number | string
  action?: ReactNode
  className?: string
  children: ReactNode
}) {
  return (
    <section aria-label={props.title} className="overflow-clip rounded-lg border border-line bg-card">
      <div className="flex min-h-11 items-center gap-2 border-b border-line px-4 py-1.5">
        <h2 className="font-semibold">{props.title}</h2>
        {props.count !== undefined && <span className="text-muted tabular-nums">{props.count}</span>}
        <div className="ml-auto">{props.action}</div>
      </div>
      <div className={twMerge('p-4', props.className)}>{props.children}</div>
    </section>
  )
}
