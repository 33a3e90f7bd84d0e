import { FleetHealth, type FleetSummary } from '@tenantry/contracts/fleet'
import { fleetHealthLabels } from '../../format/labels.ts'

/** How many tenants are well, how many are in which trouble, and at which schema versions; a number leads to the tenants it counts. */
export function FleetSummaryLine(props: { summary: FleetSummary; onHealth: (health: FleetHealth) => void }) {
  const { summary } = props
  const versions = summary.bySchemaVersion
  const states = FleetHealth.options.filter((state) => state === 'healthy' || summary.byHealth[state] > 0)
  return (
    <div className="flex flex-wrap gap-2">
      {states.map((health) => (
        <button
          key={health}
          type="button"
          onClick={() => props.onHealth(health)}
          className="grid min-w-28 flex-1 gap-0.5 rounded-lg border border-line bg-card px-4 py-2.5 text-left hover:border-field-line sm:flex-none"
        >
          <span className="text-xs text-muted">{fleetHealthLabels[health]}</span>
          <span className="text-lg leading-tight font-semibold tabular-nums">{summary.byHealth[health]}</span>
        </button>
      ))}
      <div className="grid basis-full gap-0.5 rounded-lg border border-line bg-card px-4 py-2.5 sm:basis-48 sm:grow">
        <span className="text-xs text-muted">Schema versions</span>
        <span className="flex flex-wrap gap-x-4 gap-y-0.5">
          {versions.length === 0 && 'None yet'}
          {versions.map(({ version, tenants }) => (
            <span key={version} className="whitespace-nowrap">
              <code className="font-mono text-[13px]">{version}</code>{' '}
              <span className="text-muted tabular-nums">× {tenants}</span>
            </span>
          ))}
        </span>
      </div>
    </div>
  )
}
