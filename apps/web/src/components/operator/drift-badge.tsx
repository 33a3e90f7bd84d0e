import type { SchemaComparison } from '@tenantry/contracts/fleet'
import { Badge } from '../ui/badge.tsx'
import { consoleInstant } from './console-ago.tsx'

/** How the schema compared with what its migrations make: those that differ in the same things show the same group. */
export function DriftBadge({ comparison }: { comparison: SchemaComparison | null }) {
  if (comparison === null) return <span title="Not compared yet">–</span>
  const { driftGroup, differences, comparedAt } = comparison
  const when = `Compared ${consoleInstant(comparedAt)}`
  return (
    <span title={[...differences, when].join('\n')}>
      <Badge tone={driftGroup === null ? 'good' : 'bad'}>{driftGroup ?? 'None'}</Badge>
    </span>
  )
}
