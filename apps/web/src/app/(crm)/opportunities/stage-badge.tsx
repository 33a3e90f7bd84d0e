import type { StageKind } from '@tenantry/contracts/pipelines'
import { Badge, type Tone } from '../../../components/ui/badge.tsx'

const tones: Record<StageKind, Tone> = { open: 'brand', won: 'good', lost: 'neutral' }

export function StageBadge({ name, kind }: { name: string; kind: StageKind }) {
  return <Badge tone={tones[kind]}>{name}</Badge>
}
