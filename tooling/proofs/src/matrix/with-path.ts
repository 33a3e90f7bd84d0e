/** One entry of a table of procedures, under the name its key is known by to the compiler too. */
export function withPath<Router extends string, Procedure extends string, Value>(
  router: Router,
  procedure: Procedure,
  value: Value,
): Record<`${Router}.${Procedure}`, Value> {
  // A computed key is any string to the compiler, which is why the parts are joined a second time in the type.
  return { [`${router}.${procedure}`]: value } as Record<`${Router}.${Procedure}`, Value>
}
