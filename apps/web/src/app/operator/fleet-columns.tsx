import type { FleetSort, FleetTenant } from '@tenantry/contracts/fleet'
import type { Column } from '../../components/list/record-table.tsx'
import { ConsoleAgo } from '../../components/operator/console-ago.tsx'
import { DriftBadge } from '../../components/operator/drift-badge.tsx'
import { HealthBadge } from '../../components/operator/health-badge.tsx'
import { TenantStatusBadge } from '../../components/operator/tenant-status-badge.tsx'
import { formatBytes } from '../../format/bytes.ts'
import { placementLabels, runLabel } from '../../format/labels.ts'
import type { fleetColumns } from './fleet-state.ts'

/** The columns of the fleet, in their order. Those shown at first leave the name its room on a screen of 1,280 pixels. */
export const fleetTableColumns: Column<FleetTenant, FleetSort, (typeof fleetColumns)[number]>[] = [
  { key: 'company', title: 'Company', sort: 'name', cell: (row) => row.name },
  { key: 'status', title: 'Status', width: 'w-28', cell: (row) => <TenantStatusBadge status={row.status} /> },
  { key: 'health', title: 'Health', width: 'w-34', cell: (row) => <HealthBadge health={row.health} /> },
  {
    key: 'placement',
    title: 'Placement',
    width: 'w-25',
    cell: (row) => row.placement && placementLabels[row.placement],
  },
  { key: 'region', title: 'Region', sort: 'region', width: 'w-30', cell: (row) => row.region },
  {
    key: 'schemaVersion',
    title: 'Schema',
    sort: 'schemaVersion',
    width: 'w-28',
    cell: (row) =>
      row.health?.schemaVersion && (
        <code className="font-mono text-xs" title={row.health.schemaVersion}>
          {row.health.schemaVersion}
        </code>
      ),
  },
  { key: 'drift', title: 'Drift', width: 'w-28', cell: (row) => <DriftBadge comparison={row.comparison} /> },
  {
    key: 'databaseBytes',
    title: 'Size',
    sort: 'databaseBytes',
    isNumber: true,
    width: 'w-26',
    cell: (row) => row.health?.databaseBytes && formatBytes(row.health.databaseBytes),
  },
  {
    key: 'pool',
    title: 'Pool',
    isNumber: true,
    width: 'w-22',
    cell: (row) => row.pool && `${row.pool.open} of ${row.pool.max}`,
  },
  { key: 'running', title: 'Running', width: 'w-24', cell: whatRuns },
  {
    key: 'checkedAt',
    title: 'Last check',
    sort: 'checkedAt',
    width: 'w-32',
    cell: (row) => row.health && <ConsoleAgo instant={row.health.checkedAt} />,
  },
]

/** A company that moves in is on its way between two commands as well. */
function whatRuns({ running, transfer }: FleetTenant): string | null {
  if (running !== null) return runLabel(running.kind)
  return transfer === null || transfer.state === 'moved' ? null : 'Moving in'
}
