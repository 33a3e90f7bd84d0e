import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'

export const shows = ['active', 'archived', 'deleted'] as const

/** What every list keeps in the address: a link shows the same list to somebody else. */
export function useListState<Sort extends string>(sorts: readonly [Sort, ...Sort[]], direction: 'asc' | 'desc' = 'asc') {
  const [state, set] = useQueryStates({
    search: parseAsString.withDefault('').withOptions({ throttleMs: 300 }),
    show: parseAsStringLiteral(shows).withDefault('active'),
    sort: parseAsStringLiteral(sorts).withDefault(sorts[0]),
    direction: parseAsStringLiteral(['asc', 'desc'] as const).withDefault(direction),
  })
  const query = { ...state, search: state.search.trim() === '' ? undefined : state.search.trim() }
  return { state, set, query }
}

export type ListState = ReturnType<typeof useListState<string>>
