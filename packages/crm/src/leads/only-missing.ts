/** Those of the given fields that a record has nothing in: an existing record keeps what it knows. */
export function onlyMissing<Fields extends Record<string, unknown>>(
  before: { [Field in keyof Fields]: unknown },
  given: Fields,
): Partial<Fields> {
  // Entries of an object, left out one by one, are some of its fields.
  return Object.fromEntries(
    Object.entries(given).filter(([field, value]) => value !== null && before[field] === null),
  ) as Partial<Fields>
}
