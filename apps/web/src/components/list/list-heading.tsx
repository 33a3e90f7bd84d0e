import type { Count } from '@tenantry/contracts/pages'
import type { ReactNode } from 'react'

/** Title and how many there are; counting stops at the cap: «1,000+». */
export function ListHeading(props: { title: string; count: Count | undefined; children?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <h1 className="text-xl font-semibold">{props.title}</h1>
      {props.count !== undefined && (
        <p className="text-muted tabular-nums">
          {props.count.count.toLocaleString('en-US')}
          {props.count.capped && '+'}
        </p>
      )}
      <div className="ml-auto flex gap-2">{props.children}</div>
    </div>
  )
}
