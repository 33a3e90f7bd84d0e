import type { FleetHealth, TenantCheck } from '@tenantry/contracts/fleet'
import { fleetHealthLabels } from '../../format/labels.ts'
import { Badge, type Tone } from '../ui/badge.tsx'

const tones: Record<FleetHealth, Tone> = { healthy: 'good', failing: 'bad', unchecked: 'neutral' }

/** What the last check found. */
export function HealthBadge({ check }: { check: TenantCheck | null }) {
  const health = check === null ? 'unchecked' : check.success ? 'healthy' : 'failing'
  return <Badge tone={tones[health]}>{fleetHealthLabels[health]}</Badge>
}
