import type { StaleWrite } from '@tenantry/contracts/record'

export interface Clash {
  field: string
  mine: unknown
  theirs: unknown
}

/** Fields that both people changed to different values; only about these somebody has to decide. */
export function clashesOf(patch: Record<string, unknown>, stale: StaleWrite): Clash[] {
  return Object.entries(patch).flatMap(([field, mine]) =>
    Object.hasOwn(stale.changed, field) && JSON.stringify(stale.changed[field]) !== JSON.stringify(mine)
      ? [{ field, mine, theirs: stale.changed[field] }]
      : [],
  )
}

/** My changes without the fields where theirs was chosen, to be saved on top of their version. */
export function patchKeeping<Patch extends object>(patch: Patch, theirs: ReadonlySet<string>): Partial<Patch> {
  // Entries of an object are again entries of the same type, only fewer.
  return Object.fromEntries(Object.entries(patch).filter(([field]) => !theirs.has(field))) as Partial<Patch>
}
