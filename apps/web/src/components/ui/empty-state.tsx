import type { ReactNode } from 'react'

/** What stands in the place of things that are not there, and what to do about it. */
export function EmptyState(props: { icon?: ReactNode; title: string; action?: ReactNode; children?: ReactNode }) {
  return (
    <div className="grid place-items-center gap-2 rounded-lg border border-dashed border-line px-6 py-14 text-center">
      {props.icon !== undefined && (
        <span aria-hidden className="mb-1 grid size-10 place-items-center rounded-full bg-sunken text-muted">
          {props.icon}
        </span>
      )}
      <p className="text-base font-medium">{props.title}</p>
      {props.children !== undefined && <div className="max-w-sm text-pretty text-muted">{props.children}</div>}
      {props.action !== undefined && <div className="pt-2">{props.action}</div>}
    </div>
  )
}
