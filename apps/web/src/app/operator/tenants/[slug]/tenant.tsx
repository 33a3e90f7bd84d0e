'use client'

import { useQuery } from '@tanstack/react-query'
import type { FleetTenantDetails } from '@tenantry/contracts/fleet'
import { ArrowLeft, FileQuestion } from 'lucide-react'
import Link from 'next/link'
import { Failure } from '../../../../components/failure.tsx'
import { ConsoleAgo, consoleInstant } from '../../../../components/operator/console-ago.tsx'
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
  const tenant = useQuery(trpc.operator.tenant.queryOptions({ slug }))
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
          <HealthBadge check={data.check} />
          <div className="ml-auto">
            <TenantStatusButton tenant={data} />
          </div>
        </div>
      </div>
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
        <div className="grid grid-cols-1 gap-5">
          <Place tenant={data} />
          <TenantConnection slug={slug} last={data.check} isConfigured={data.address !== null} />
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
  const { address, check } = tenant
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
        ['Schema version', check?.schemaVersion && code(check.schemaVersion)],
        ['PostgreSQL', check?.serverVersion],
        [
          tenant.placement === 'shared' ? 'Size of the shared database' : 'Size',
          check?.databaseBytes && formatBytes(check.databaseBytes),
        ],
        [
          'Pool in this process',
          tenant.pool && `${tenant.pool.open} open of at most ${tenant.pool.max}, ${tenant.pool.idle} idle`,
        ],
        ['Members', String(tenant.members)],
        ['Last check', check && <ConsoleAgo key="check" instant={check.checkedAt} />],
        ['Created', consoleInstant(tenant.createdAt)],
      ]}
    />
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
