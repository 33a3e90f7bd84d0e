import { codeOf, isDatabaseAway, requestIdOf } from '../trpc/error-code.ts'
import { Banner } from './ui/banner.tsx'
import { Button } from './ui/button.tsx'
import { EmptyState } from './ui/empty-state.tsx'

/**
 * What a page shows in the place of data it could not get. That the database is away is said above the page already, so
 * its place only stays quiet.
 */
export function Failure({ error, onRetry }: { error: { message: string }; onRetry?: () => void }) {
  if (isDatabaseAway(error)) {
    return <EmptyState title="Nothing to show while the database is away">{error.message}</EmptyState>
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
