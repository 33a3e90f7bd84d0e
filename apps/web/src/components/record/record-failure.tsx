import { FileQuestion } from 'lucide-react'
import Link from 'next/link'
import { codeOf } from '../../trpc/error-code.ts'
import { Failure } from '../failure.tsx'
import { buttonLook } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

/** In the place of a record that is not there, or cannot be read now. */
export function RecordFailure(props: {
  noun: string
  list: { title: string; href: string }
  error: { message: string }
  onRetry: () => void
}) {
  if (codeOf(props.error) !== 'NOT_FOUND') {
    return (
      <div className="grid gap-4">
        <h1 className="text-xl font-semibold">{props.list.title}</h1>
        <Failure error={props.error} onRetry={props.onRetry} />
      </div>
    )
  }
  return (
    <EmptyState
      isWholePage
      icon={<FileQuestion className="size-5" />}
      title={`There is no such ${props.noun}`}
      action={
        <Link href={props.list.href} className={buttonLook()}>
          {props.list.title}
        </Link>
      }
    >
      The address may be mistyped, or it belongs to another company.
    </EmptyState>
  )
}
