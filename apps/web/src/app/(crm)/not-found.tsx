import { FileQuestion } from 'lucide-react'
import Link from 'next/link'
import { buttonLook } from '../../components/ui/button.tsx'
import { EmptyState } from '../../components/ui/empty-state.tsx'

export default function CrmNotFound() {
  return (
    <EmptyState
      isWholePage
      icon={<FileQuestion className="size-5" />}
      title="There is no such page"
      action={
        <Link href="/accounts" className={buttonLook()}>
          Go to accounts
        </Link>
      }
    >
      The address may be mistyped.
    </EmptyState>
  )
}
