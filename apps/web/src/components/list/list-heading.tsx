import type { Count } from '@tenantry/contracts/pages'
import type { ReactNode } from 'react'

/** Title and how many there are; counting stops at the cap: «1,000+». */
export function ListHeading(props: { title: string; count: Count | undefined; children?: ReactNode }) {
  const { count } = props
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-2">
      <h1 className="text-xl font-semibold">{props.title}</h1>
      {count !== undefined && (
        <p className="text-muted tabular-nums">
          {count.count.toLocaleString('en-US')}
          {count.capped && '+'}
        </p>
      )}
      <div className="ml-auto flex flex-wrap justify-end gap-2">{props.children}</div>
    </div>
  )
}
