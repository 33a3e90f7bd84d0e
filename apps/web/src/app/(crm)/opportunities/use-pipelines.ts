import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../trpc/client.tsx'

/** All pipelines with their stages, in order; none while they are on their way. */
export function usePipelines() {
  const trpc = useTRPC()
  return useQuery(trpc.pipelines.list.queryOptions(undefined, { staleTime: 60_000 })).data ?? []
}
