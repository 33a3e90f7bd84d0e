/** What a list of search results says in the place of results. */
export function searchStatus(search: { isPending: boolean; isError: boolean }, items: readonly unknown[] | undefined) {
  if (search.isError) return 'The search did not work.'
  if (search.isPending) return 'Searching…'
  return items?.length === 0 ? 'Nothing found.' : undefined
}
