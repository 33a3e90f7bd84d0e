import { createLoader, parseAsString, parseAsStringLiteral, type SearchParams } from 'nuqs/server'

export const shows = ['active', 'archived', 'deleted'] as const

/**
 * What a list keeps in the address, so that a link shows the same list to somebody else. Declared once per list, in a
 * file without `use client`: the server reads the address to fetch the first page, the browser to show and change it.
 */
export function listAddress<const Sort extends string>(
  sorts: readonly [Sort, ...Sort[]],
  direction: 'asc' | 'desc' = 'asc',
) {
  const parsers = {
    search: parseAsString.withDefault('').withOptions({ throttleMs: 300 }),
    show: parseAsStringLiteral(shows).withDefault('active'),
    sort: parseAsStringLiteral(sorts).withDefault(sorts[0]),
    direction: parseAsStringLiteral(['asc', 'desc'] as const).withDefault(direction),
  }
  const load = createLoader(parsers)
  return { parsers, queryIn: async (address: Promise<SearchParams>) => listQuery(await load(address)) }
}

/** What the API is asked for: a search of spaces is none. */
export function listQuery<State extends { search: string; direction: 'asc' | 'desc' }>(state: State) {
  const { direction, ...rest } = state
  const search = state.search.trim()
  return { ...rest, order: direction, search: search === '' ? undefined : search }
}

/** Rows come in pages that name where the next one begins. */
export const inPages = { getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor ?? undefined }
