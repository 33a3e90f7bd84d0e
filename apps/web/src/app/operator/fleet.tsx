'use client'

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { FleetSort } from '@tenantry/contracts/fleet'
import { Server } from 'lucide-react'
import { useQueryStates } from 'nuqs'
import { ListBody } from '../../components/list/list-body.tsx'
import { ListHeading } from '../../components/list/list-heading.tsx'
import { inPages } from '../../components/list/list-parsers.ts'
import { ListToolbar } from '../../components/list/list-toolbar.tsx'
import { RecordTable } from '../../components/list/record-table.tsx'
import { HealthBadge } from '../../components/operator/health-badge.tsx'
import { useTRPC } from '../../trpc/client.tsx'
import { fleetTableColumns } from './fleet-columns.tsx'
import { activeFleetFilters, FleetFilters } from './fleet-filters.tsx'
import { fleetParsers, fleetQuery, noFleetFilters } from './fleet-state.ts'
import { FleetSummaryLine } from './fleet-summary.tsx'

/** Every tenant of this installation: where it lives and how it was when it was last looked at. */
export function Fleet() {
  const trpc = useTRPC()
  const [state, setState] = useQueryStates(fleetParsers)
  const change = (next: Parameters<typeof setState>[0]) => void setState(next)
  const summary = useQuery(trpc.operator.summary.queryOptions(undefined, { refetchInterval: refreshMs }))
  const list = useInfiniteQuery(
    trpc.operator.tenants.infiniteQueryOptions(fleetQuery(state), {
      ...inPages,
      placeholderData: keepPreviousData,
      refetchInterval: refreshMs,
    }),
  )
  const active = activeFleetFilters(state, change)
  return (
    <div className="grid grid-cols-1 gap-4">
      <ListHeading title="Fleet" count={summary.data && { count: summary.data.tenants, capped: false }} />
      {summary.data !== undefined && (
        <FleetSummaryLine summary={summary.data} onHealth={(health) => change({ ...noFleetFilters, health })} />
      )}
      <ListToolbar
        noun="tenants"
        state={state}
        onChange={change}
        columns={fleetTableColumns}
        sorts={sorts}
        filters={<FleetFilters state={state} onChange={change} summary={summary.data} />}
        active={active}
        onClearFilters={() => change(noFleetFilters)}
      />
      <ListBody
        noun="tenants"
        list={list}
        isNarrowed={active.length > 0 || state.search !== ''}
        onWiden={() => change({ ...noFleetFilters, search: null })}
        emptyIcon={<Server className="size-5" />}
        whenEmpty={null}
      >
        {(rows) => (
          <RecordTable
            label="Fleet"
            columns={fleetTableColumns}
            shown={state.columns}
            rows={rows}
            nameOf={(row) => row.slug}
            hrefOf={(row) => `/operator/tenants/${row.slug}`}
            phoneLine={(row) => (
              <>
                <HealthBadge health={row.health} />
                <span className="truncate">
                  {row.name}
                  {row.status !== 'active' && `, ${row.status}`}
                </span>
              </>
            )}
            nameSort="slug"
            state={state}
            onSort={change}
            isStale={list.isPlaceholderData}
          />
        )}
      </ListBody>
    </div>
  )
}

/** States change while nobody does anything. */
const refreshMs = 15_000

const sorts: Record<FleetSort, string> = {
  slug: 'Tenant',
  name: 'Company',
  region: 'Region',
  schemaVersion: 'Schema version',
  databaseBytes: 'Size',
  checkedAt: 'Last check',
}
