import type { DataSourceHealth } from '@tenantry/contracts/data-source-health'
import type { FleetHealth } from '@tenantry/contracts/fleet'
import { fleetHealthLabels } from '../../format/labels.ts'
import { Badge, type Tone } from '../ui/badge.tsx'

const tones: Record<FleetHealth, Tone> = {
  healthy: 'good',
  degraded: 'warn',
  behind: 'warn',
  refused: 'bad',
  unreachable: 'bad',
  unchecked: 'neutral',
}

/** How the data source was when it was last looked at. */
export function HealthBadge({ health }: { health: DataSourceHealth | null }) {
  const state = health?.state ?? 'unchecked'
  return (
    <span title={health?.message ?? undefined}>
      <Badge tone={tones[state]}>{fleetHealthLabels[state]}</Badge>
    </span>
  )
}
