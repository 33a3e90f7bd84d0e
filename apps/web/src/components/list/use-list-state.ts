import { useQueryStates } from 'nuqs'
import { listQuery, type listAddress } from './list-address.ts'

/** The list as the address has it, and a way to change that. */
export function useListState<Sort extends string>(address: ReturnType<typeof listAddress<Sort>>) {
  const [state, set] = useQueryStates(address.parsers)
  return { state, set, query: listQuery(state) }
}
