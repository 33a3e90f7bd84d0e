import type { TimelineChange } from './timeline.tsx'

/**
 * Which changes can be taken back: those whose fields all still have the value the change gave them, as the API asks too.
 * What a field has now is what its newest change says, and the newest changes are always there.
 */
export function standingChanges(
  newestFirst: readonly Pick<TimelineChange, 'id' | 'action' | 'diff'>[],
): ReadonlySet<string> {
  const now = new Map<string, string>()
  const standing = new Set<string>()
  for (const { id, action, diff } of newestFirst) {
    const fields = Object.entries(diff).map(([field, { to }]) => [field, JSON.stringify(to ?? null)] as const)
    for (const [field, to] of fields) if (!now.has(field)) now.set(field, to)
    if (action !== 'created' && fields.every(([field, to]) => now.get(field) === to)) standing.add(id)
  }
  return standing
}
