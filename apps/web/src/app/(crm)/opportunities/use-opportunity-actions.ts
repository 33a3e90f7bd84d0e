import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Opportunity } from '@tenantry/contracts/opportunities'
import { useRecordActions } from '../../../components/record/use-record-actions.ts'
import { useTRPC } from '../../../trpc/client.tsx'

export function useOpportunityActions(opportunity: Pick<Opportunity, 'id' | 'version' | 'name'>) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const archive = useMutation(trpc.opportunities.archive.mutationOptions())
  const unarchive = useMutation(trpc.opportunities.unarchive.mutationOptions())
  const remove = useMutation(trpc.opportunities.remove.mutationOptions())
  const restore = useMutation(trpc.opportunities.restore.mutationOptions())
  const undo = useMutation(trpc.opportunities.undo.mutationOptions())
  return useRecordActions(
    opportunity,
    {
      archive: archive.mutateAsync,
      unarchive: unarchive.mutateAsync,
      remove: remove.mutateAsync,
      restore: restore.mutateAsync,
      undo: undo.mutateAsync,
      lastChange: async (id) => {
        const page = await queryClient.fetchQuery(
          trpc.opportunities.timeline.queryOptions({ id, limit: 1 }, { staleTime: 0 }),
        )
        return page.rows[0]
      },
    },
    [trpc.opportunities.pathFilter()],
  )
}
