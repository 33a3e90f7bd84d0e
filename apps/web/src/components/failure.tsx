import { Lock } from 'lucide-react'
import { codeOf, isDatabaseAway, requestIdOf } from '../trpc/error-code.ts'
import { Banner } from './ui/banner.tsx'
import { Button } from './ui/button.tsx'
import { EmptyState } from './ui/empty-state.tsx'

/**
 * What a page shows in the place of data it could not get. What is nobody's fault stays quiet: a role that does not reach
 * so far, or a database that is away, which is said above the page already.
 */
export function Failure({ error, onRetry }: { error: { message: string }; onRetry?: () => void }) {
  if (isDatabaseAway(error)) {
    return <EmptyState title="Nothing to show while the database is away">{error.message}</EmptyState>
  }
  if (codeOf(error) === 'FORBIDDEN') {
    return (
      <EmptyState icon={<Lock className="size-5" />} title={error.message}>
        Somebody who manages members can change what you may do here.
      </EmptyState>
    )
  }
  const requestId = requestIdOf(error)
  return (
    <Banner
      tone="bad"
      title={codeOf(error) === undefined ? 'The server could not be reached.' : error.message}
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {requestId !== undefined && <p className="text-xs">Request {requestId}</p>}
    </Banner>
  )
}
