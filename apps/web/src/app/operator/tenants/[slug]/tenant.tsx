'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReplicaHealth } from '@tenantry/contracts/data-source-health'
import type { FleetTenantDetails, SchemaComparison } from '@tenantry/contracts/fleet'
import { ArrowLeft, FileQuestion } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Failure } from '../../../../components/failure.tsx'
import { ConsoleAgo, consoleInstant } from '../../../../components/operator/console-ago.tsx'
import { DriftBadge } from '../../../../components/operator/drift-badge.tsx'
import { HealthBadge } from '../../../../components/operator/health-badge.tsx'
import { RunTable } from '../../../../components/operator/run-table.tsx'
import { TenantStatusBadge } from '../../../../components/operator/tenant-status-badge.tsx'
import { Details } from '../../../../components/record/details.tsx'
import { Card } from '../../../../components/ui/card.tsx'
import { EmptyState } from '../../../../components/ui/empty-state.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { formatBytes } from '../../../../format/bytes.ts'
import { placementLabels } from '../../../../format/labels.ts'
import { useTRPC } from '../../../../trpc/client.tsx'
import { codeOf } from '../../../../trpc/error-code.ts'
import { TenantAudit } from './tenant-audit.tsx'
import { TenantConnection } from './tenant-connection.tsx'
import { TenantStatusButton } from './tenant-status-button.tsx'
import { TenantSupport } from './tenant-support.tsx'

/** All that operators know of one tenant, and what they can do about it. Its business is not here. */
export function Tenant({ slug }: { slug: string }) {
  const trpc = useTRPC()
  const tenant = useQuery(trpc.operator.tenant.queryOptions({ slug }, { refetchInterval: refreshMs }))
  const runs = useQuery(trpc.operator.runs.queryOptions({ slug }))
  if (tenant.data === undefined) {
    if (tenant.error === null) return <SkeletonRows count={10} />
    return codeOf(tenant.error) === 'NOT_FOUND' ? (
      <NoSuchTenant slug={slug} />
    ) : (
      <Failure error={tenant.error} onRetry={() => void tenant.refetch()} />
    )
  }
  const { data } = tenant
  return (
    <div className="grid grid-cols-1 gap-5">
      <div className="grid gap-2">
        <Link href="/operator" className="flex w-fit items-center gap-1 text-[13px] text-muted hover:text-ink">
          <ArrowLeft aria-hidden className="size-3.5" />
          Fleet
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="text-xl font-semibold break-words">{data.name}</h1>
          <code className="font-mono text-[13px] text-muted">{data.slug}</code>
          <TenantStatusBadge status={data.status} />
          <HealthBadge health={data.health} />
          <div className="ml-auto">
            <TenantStatusButton tenant={data} />
          </div>
        </div>
      </div>
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
        <div className="grid grid-cols-1 gap-5">
          <Place tenant={data} />
          <TenantConnection slug={slug} last={data.health} isConfigured={data.address !== null} />
          <TenantSupport tenant={data} />
        </div>
        <div className="grid grid-cols-1 gap-5">
          <Card title="Runs" className="p-0">
            {runs.error !== null && <Failure error={runs.error} onRetry={() => void runs.refetch()} />}
            <RunTable runs={runs.data} whenNone="No command has run for this tenant." />
          </Card>
          <TenantAudit slug={slug} />
        </div>
      </div>
    </div>
  )
}

function Place({ tenant }: { tenant: FleetTenantDetails }) {
  const { address, health } = tenant
  const code = (text: string) => <code className="font-mono text-[13px] break-all">{text}</code>
  return (
    <Details
      title="Where it is"
      items={[
        ['Placement', tenant.placement ? placementLabels[tenant.placement] : 'Not set up yet'],
        ['Region', tenant.region],
        ['Server', address && code(`${address.host}:${address.port}`)],
        ['Database', address && code(address.database)],
        ['Login role', address && code(address.role)],
        ['Encryption on the way', address?.tls],
        ['Schema version', health?.schemaVersion && code(health.schemaVersion)],
        ['Drift', <Drift key="drift" comparison={tenant.comparison} />],
        ['PostgreSQL', health?.serverVersion],
        [
          tenant.placement === 'shared' ? 'Size of the shared database' : 'Size',
          health?.databaseBytes && formatBytes(health.databaseBytes),
        ],
        [
          'Pool in this process',
          tenant.pool && `${tenant.pool.open} open of at most ${tenant.pool.max}, ${tenant.pool.idle} idle`,
        ],
        ['Members', String(tenant.members)],
        ...(health?.replicas ?? []).map((replica): [string, ReactNode] => [
          'Replica',
          <ReplicaLine key={replica.address} replica={replica} />,
        ]),
        ['Created', consoleInstant(tenant.createdAt)],
      ]}
    />
  )
}

/** States change while nobody does anything. */
const refreshMs = 15_000

function Drift({ comparison }: { comparison: SchemaComparison | null }) {
  if (comparison === null) return <span className="text-muted">Not compared yet</span>
  return (
    <div className="grid justify-items-start gap-1">
      <p>
        <DriftBadge comparison={comparison} /> <span className="text-muted">compared </span>
        <ConsoleAgo instant={comparison.comparedAt} />
      </p>
      {comparison.differences.length > 0 && (
        <ul className="grid gap-0.5 font-mono text-xs">
          {comparison.differences.map((words) => (
            <li key={words} className="break-words">
              {words}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function ReplicaLine({ replica: { address, region, state, lagBytes } }: { replica: ReplicaHealth }) {
  return (
    <>
      <code className="font-mono text-[13px] break-all">{address}</code> in {region}: {state}
      {lagBytes !== null && lagBytes > 0 && `, ${formatBytes(lagBytes)} behind`}
    </>
  )
}

function NoSuchTenant({ slug }: { slug: string }) {
  return (
    <EmptyState
      isWholePage
      icon={<FileQuestion className="size-5" />}
      title={`There is no tenant ${slug}`}
      action={
        <Link href="/operator" className="underline underline-offset-4">
          Back to the fleet
        </Link>
      }
    />
  )
}
