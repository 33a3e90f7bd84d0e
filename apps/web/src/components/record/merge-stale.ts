import { customFieldName } from '@tenantry/contracts/custom-values'
import type { StaleWrite } from '@tenantry/contracts/record'

export interface Clash {
  field: string
  mine: unknown
  theirs: unknown
}

/** Fields that both people changed to different values; only about these somebody has to decide. */
export function clashesOf(patch: Record<string, unknown>, stale: StaleWrite): Clash[] {
  return fieldsOf(patch).flatMap(([field, mine]) =>
    Object.hasOwn(stale.changed, field) && JSON.stringify(stale.changed[field]) !== JSON.stringify(mine)
      ? [{ field, mine, theirs: stale.changed[field] }]
      : [],
  )
}

/** My changes without the fields where theirs was chosen, to be saved on top of their version. */
export function patchKeeping<Patch extends object>(patch: Patch, theirs: ReadonlySet<string>): Partial<Patch> {
  const kept = Object.entries(patch).flatMap(([field, value]: [string, unknown]) => {
    if (field !== 'custom') return theirs.has(field) ? [] : [[field, value]]
    const custom = Object.entries(value as object).filter(([key]) => !theirs.has(customFieldName(key)))
    return custom.length === 0 ? [] : [[field, Object.fromEntries(custom)]]
  })
  // Entries of an object are again entries of the same type, only fewer.
  return Object.fromEntries(kept) as Partial<Patch>
}

/** Each custom field is a field of its own, as the server says it. */
function fieldsOf(patch: Record<string, unknown>): [string, unknown][] {
  return Object.entries(patch).flatMap(([field, value]): [string, unknown][] =>
    field === 'custom'
      ? Object.entries(value as object).map(([key, own]: [string, unknown]) => [customFieldName(key), own])
      : [[field, value]],
  )
}
