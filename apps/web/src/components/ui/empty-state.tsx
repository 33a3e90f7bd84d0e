import type { ReactNode } from 'react'

/** What stands in the place of things that are not there, and what to do about it. */
export function EmptyState(props: {
  icon?: ReactNode
  title: string
  /** It is all there is on the page, so its title is the title of the page. */
  isWholePage?: boolean
  action?: ReactNode
  children?: ReactNode
}) {
  const Title = props.isWholePage ? 'h1' : 'p'
  return (
    <div className="grid place-items-center gap-2 rounded-lg border border-dashed border-line px-6 py-14 text-center">
      {props.icon !== undefined && (
        <span aria-hidden className="mb-1 grid size-10 place-items-center rounded-full bg-sunken text-muted">
          {props.icon}
        </span>
      )}
      <Title className="text-base font-medium">{props.title}</Title>
      {props.children !== undefined && <div className="max-w-sm text-pretty text-muted">{props.children}</div>}
      {props.action !== undefined && <div className="pt-2">{props.action}</div>}
    </div>
  )
}
