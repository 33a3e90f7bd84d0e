import type { ReactNode } from 'react'

export function EmptyState(props: { title: string; children?: ReactNode }) {
  return (
    <div className="grid place-items-center gap-2 rounded-lg border border-dashed border-line px-6 py-16 text-center">
      <p className="text-base font-medium">{props.title}</p>
      <div className="max-w-sm text-muted">{props.children}</div>
    </div>
  )
}
