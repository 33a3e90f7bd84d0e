import type { TenantStatus } from '@tenantry/contracts/session'
import { tenantStatusLabels } from '../../format/labels.ts'
import { Badge, type Tone } from '../ui/badge.tsx'

const tones: Record<TenantStatus, Tone> = { active: 'good', suspended: 'warn', archived: 'neutral' }

export function TenantStatusBadge({ status }: { status: TenantStatus }) {
  return <Badge tone={tones[status]}>{tenantStatusLabels[status]}</Badge>
}
