'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DataSourceView } from '@tenantry/contracts/data-source'
import { Database, Layers } from 'lucide-react'
import { ConnectionTest } from '../../../../components/connection-test.tsx'
import { Failure } from '../../../../components/failure.tsx'
import { Details } from '../../../../components/record/details.tsx'
import { useTenantFormat } from '../../../../components/shell/use-session.ts'
import { Badge, type Tone } from '../../../../components/ui/badge.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { formatBytes } from '../../../../format/bytes.ts'
import { formatInstant } from '../../../../format/dates.ts'
import { useTRPC } from '../../../../trpc/client.tsx'

/** Where this company's data lives and how it is. */
export function DataSource() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { locale, timeZone } = useTenantFormat()
  const view = useQuery(trpc.tenant.dataSource.queryOptions())
  const test = useMutation(
    trpc.tenant.testDataSource.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.tenant.dataSource.pathFilter()),
    }),
  )
  if (view.data === undefined) {
    return view.error === null ? (
      <SkeletonRows count={6} />
    ) : (
      <Failure error={view.error} onRetry={() => void view.refetch()} />
    )
  }
  const { data } = view
  const { pool } = data
  const result = test.data ?? data.test
  return (
    <div className="grid grid-cols-1 gap-5">
      <Placement view={data} />
      <Details
        title="Where it is"
        items={[
          ['Server', <code key="server" className="font-mono text-[13px]">{`${data.host}:${data.port}`}</code>],
          [
            'Database',
            <code key="database" className="font-mono text-[13px]">
              {data.database}
            </code>,
          ],
          ['Region', data.region],
          ['Encryption on the way', data.tls],
          ['PostgreSQL', data.serverVersion],
          ['Schema version', data.schemaVersion],
          ['Size', data.databaseBytes && formatBytes(data.databaseBytes, locale)],
        ]}
      />
      <Details
        title="How it is"
        items={[
          ['Reading', <Breaker key="read" state={data.breaker.read} />],
          ['Writing', <Breaker key="write" state={data.breaker.write} />],
          [
            'Connections',
            pool &&
              `${pool.open.toLocaleString(locale)} open of at most ${pool.max.toLocaleString(locale)}, ${pool.idle.toLocaleString(locale)} idle`,
          ],
          ['Waiting for a connection', pool && pool.waiting.toLocaleString(locale)],
        ]}
      />
      <ConnectionTest
        result={result}
        when={formatInstant(result.at, locale, timeZone)}
        error={test.error}
        isRunning={test.isPending}
        onRun={() => test.mutate()}
      />
    </div>
  )
}

type BreakerState = DataSourceView['breaker']['read']

const breakers: Record<BreakerState, { label: string; tone: Tone }> = {
  closed: { label: 'Let through', tone: 'good' },
  open: { label: 'Refused at once, after failures', tone: 'bad' },
  'half-open': { label: 'One call is tried', tone: 'warn' },
}

/** The circuit breaker as what it does to calls, since its own words mean nothing outside of engineering. */
function Breaker({ state }: { state: BreakerState }) {
  return <Badge tone={breakers[state].tone}>{breakers[state].label}</Badge>
}

function Placement({ view }: { view: DataSourceView }) {
  const isDedicated = view.placement === 'dedicated'
  const Icon = isDedicated ? Database : Layers
  return (
    <div className="flex items-start gap-3.5 rounded-lg border border-line bg-card p-4">
      <span aria-hidden className="grid size-10 shrink-0 place-items-center rounded-lg bg-brand-soft text-brand-strong">
        <Icon className="size-5" />
      </span>
      <div>
        <h2 className="font-semibold">
          {isDedicated ? 'A database of your own' : 'A shared database, separated by row'}
        </h2>
        <p className="max-w-prose text-muted">
          {isDedicated
            ? 'Everything you record here lives in a database that holds no other company.'
            : 'Several companies live in this database. Postgres itself shows each login only the rows of its own company.'}
        </p>
      </div>
    </div>
  )
}
