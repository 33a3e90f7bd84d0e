'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { Failure } from '../../../../components/failure.tsx'
import { Details } from '../../../../components/record/details.tsx'
import { Banner } from '../../../../components/ui/banner.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'

/** Where this company's data lives and how it is. */
export default function DataPage() {
  const trpc = useTRPC()
  const view = useQuery(trpc.tenant.dataSource.queryOptions())
  const test = useMutation(trpc.tenant.testDataSource.mutationOptions())
  if (view.error !== null) return <Failure error={view.error} onRetry={() => void view.refetch()} />
  if (view.data === undefined) return <SkeletonRows count={5} />
  const { data } = view
  const result = test.data ?? data.test
  return (
    <div className="grid gap-5">
      {!result.success && <Banner tone="warn" title={result.message ?? 'The database did not pass the test.'} />}
      <Details
        items={[
          ['Placement', data.placement === 'dedicated' ? 'A database of its own' : 'A database shared with others, separated by row'],
          ['Server', `${data.host}:${data.port}`],
          ['Database', data.database],
          ['Region', data.region],
          ['Encryption on the way', data.tls],
          ['PostgreSQL', data.serverVersion],
          ['Schema', data.schemaVersion],
          ['Breaker', `reads ${data.breaker.read}, writes ${data.breaker.write}`],
          ['Connections', data.pool && `${data.pool.open} open of ${data.pool.max}, ${data.pool.waiting} waiting`],
        ]}
      />
      <section className="grid gap-3 rounded-lg border border-line bg-card p-5">
        <div className="flex items-center justify-between gap-3">
          <h2 className="font-semibold">Connection test</h2>
          <Button disabled={test.isPending} onClick={() => test.mutate()}>
            {test.isPending ? 'Testing…' : 'Test connection'}
          </Button>
        </div>
        {test.error !== null && <Failure error={test.error} />}
        <ol className="grid gap-1.5">
          {result.steps.map((step) => (
            <li key={step.step} className="flex justify-between gap-3">
              <span>
                {step.step}: {step.ok ? 'passed' : 'failed'}
              </span>
              <span className="text-muted tabular-nums">{step.milliseconds.toFixed(1)} ms</span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}
