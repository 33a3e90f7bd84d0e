/** The id a form holds; it keeps `''` or null where there is none. Whether the text is an id, the contract says. */
export function idOf<Id extends string>(value: unknown): Id | null {
  return typeof value === 'string' && value !== '' ? (value as Id) : null
}
