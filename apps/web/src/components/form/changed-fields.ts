/** The fields of an input that differ from what the form was opened with: all that a patch has to send. */
export function changedFields<Input extends object>(opened: Input, input: Input): Partial<Input> {
  // Entries of an object are again entries of the same type, only fewer.
  return Object.fromEntries(
    Object.entries(input).flatMap(([field, value]: [string, unknown]) => {
      const before = (opened as Record<string, unknown>)[field]
      if (isSame(value, before)) return []
      if (field !== 'custom') return [[field, value]]
      // Custom fields are patched key by key; what is archived is not sent again.
      const custom = changedFields((before ?? {}) as object, (value ?? {}) as object)
      return Object.keys(custom).length === 0 ? [] : [[field, custom]]
    }),
  ) as Partial<Input>
}

/** What crosses the wire is JSON, and a field that is absent says the same as one that is null. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}
