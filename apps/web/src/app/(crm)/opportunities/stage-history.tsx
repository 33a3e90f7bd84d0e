'use client'

import { useQuery } from '@tanstack/react-query'
import type { OpportunityId } from '@tenantry/contracts/ids'
import { Failure } from '../../../components/failure.tsx'
import { useTenantFormat } from '../../../components/shell/use-session.ts'
import { Card } from '../../../components/ui/card.tsx'
import { SkeletonRows } from '../../../components/ui/skeleton.tsx'
import { formatDuration, formatInstant } from '../../../format/dates.ts'
import { formatMoney } from '../../../format/money.ts'
import { useTRPC } from '../../../trpc/client.tsx'

/** Through which stages it went, how long it stayed, and what it was worth then. */
export function StageHistory({ id, currency }: { id: OpportunityId; currency: string }) {
  const trpc = useTRPC()
  const { locale, timeZone } = useTenantFormat()
  const history = useQuery(trpc.opportunities.stageHistory.queryOptions({ id }))
  return (
    <Card title="Stage history" className="p-0">
      {history.data === undefined && (
        <div className="p-4">
          {history.error === null ? (
            <SkeletonRows count={3} />
          ) : (
            <Failure error={history.error} onRetry={() => void history.refetch()} />
          )}
        </div>
      )}
      {history.data !== undefined && (
        <ol className="divide-y divide-line">
          {history.data.toReversed().map((change) => (
            <li key={change.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 py-2.5">
              <p className="min-w-0 flex-1 basis-52">
                {change.fromStageName !== null && change.fromStageName !== change.toStageName && (
                  <span className="text-muted">{change.fromStageName} → </span>
                )}
                <span className="font-medium">{change.toStageName}</span>
                {(change.secondsInPrevious ?? 0) >= 60 && change.fromStageName !== null && (
                  <span className="text-muted"> after {formatDuration(change.secondsInPrevious ?? 0, locale)}</span>
                )}
              </p>
              <p className="tabular-nums">
                {formatMoney(change.amountMinor, currency, locale)}{' '}
                <span className="text-muted">at {change.probability} %</span>
              </p>
              <p className="basis-full text-xs text-muted">
                {change.changedByName ?? 'The system'}, {formatInstant(change.changedAt, locale, timeZone)}
              </p>
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
