import { isDeepStrictEqual } from 'node:util'

/** A record's fields by their names in the contract, as JSON. */
export type Fields = Record<string, unknown>
/** Field to its value before and after. */
export type Diff = Record<string, { from: unknown; to: unknown }>

/** Inputs and rows are plain objects, so each is a map of its fields. */
export function asFields(plain: object): Fields {
  return plain as Fields
}

/** Only what really changes; an absent field stays as it is. */
export function differences(before: Fields, changes: Fields): Diff {
  const diff: Diff = {}
  for (const [field, to] of Object.entries(changes)) {
    const from = before[field] ?? null
    if (to !== undefined && !isSame(from, to)) diff[field] = { from, to }
  }
  return diff
}

export function valuesAfter(diff: Diff): Fields {
  return mapFields(diff, ({ to }) => to)
}

export function valuesBefore(diff: Diff): Fields {
  return mapFields(diff, ({ from }) => from)
}

/** True while every field still has the value that the change gave it. */
export function stillStands(diff: Diff, now: Fields): boolean {
  return Object.keys(differences(now, valuesAfter(diff))).length === 0
}

/** Most fields are text or numbers, which need no deep comparison. */
function isSame(from: unknown, to: unknown): boolean {
  return from === to || (typeof from === 'object' && typeof to === 'object' && isDeepStrictEqual(from, to))
}

function mapFields(diff: Diff, value: (entry: { from: unknown; to: unknown }) => unknown): Fields {
  return Object.fromEntries(Object.entries(diff).map(([field, entry]) => [field, value(entry)]))
}
