'use client'

import { useQuery } from '@tanstack/react-query'
import { Failure } from '../../../components/failure.tsx'
import { ListHeading } from '../../../components/list/list-heading.tsx'
import { RunTable } from '../../../components/operator/run-table.tsx'
import { Card } from '../../../components/ui/card.tsx'
import { useTRPC } from '../../../trpc/client.tsx'

/** What operators have set going at the command line: transfers, migrations, new tenants. */
export function Runs() {
  const trpc = useTRPC()
  const runs = useQuery(trpc.operator.runs.queryOptions({}, { refetchInterval: 5_000 }))
  return (
    <div className="grid grid-cols-1 gap-4">
      <ListHeading title="Runs" count={undefined} />
      {runs.error !== null && runs.data === undefined ? (
        <Failure error={runs.error} onRetry={() => void runs.refetch()} />
      ) : (
        <Card title="Newest first" className="p-0">
          <RunTable runs={runs.data} whenNone="No command has run yet." showsTenant />
        </Card>
      )}
    </div>
  )
}
