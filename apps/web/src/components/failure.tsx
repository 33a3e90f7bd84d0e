import { codeOf, isDatabaseAway, requestIdOf } from '../trpc/error-code.ts'
import { Banner } from './ui/banner.tsx'
import { Button } from './ui/button.tsx'

/** What a page shows in the place of data it could not get. */
export function Failure({ error, onRetry }: { error: { message: string }; onRetry?: () => void }) {
  const isAway = isDatabaseAway(error)
  const title = codeOf(error) === undefined ? 'The server could not be reached.' : error.message
  const requestId = requestIdOf(error)
  return (
    <Banner tone={isAway ? 'warn' : 'bad'} title={title}>
      {isAway && <p>Everything that does not need it goes on working: settings, members and your other companies.</p>}
      {requestId !== undefined && <p className="text-xs">Request {requestId}</p>}
      {onRetry !== undefined && (
        <div className="pt-1">
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </Banner>
  )
}
