import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.tsx'

/** The people a record can be given to, or could once; none while they are on their way. */
export function usePeople() {
  const trpc = useTRPC()
  return useQuery(trpc.people.list.queryOptions(undefined, { staleTime: 300_000 })).data ?? []
}
