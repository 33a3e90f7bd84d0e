import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Opportunity } from '@tenantry/contracts/opportunities'
import { useRecordActions, type RecordCalls } from '../../../components/record/use-record-actions.ts'
import { useTRPC } from '../../../trpc/client.tsx'

export function useOpportunityActions(opportunity: Pick<Opportunity, 'id' | 'version' | 'name'>) {
  const { id, version } = opportunity
  return useRecordActions({ id, version, name: opportunity.name }, useOpportunityCalls())
}

/** The procedures of an opportunity that every kind of record has. */
export function useOpportunityCalls(): RecordCalls<Opportunity['id'], Opportunity> {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return {
    archive: useMutation(trpc.opportunities.archive.mutationOptions()).mutateAsync,
    unarchive: useMutation(trpc.opportunities.unarchive.mutationOptions()).mutateAsync,
    remove: useMutation(trpc.opportunities.remove.mutationOptions()).mutateAsync,
    restore: useMutation(trpc.opportunities.restore.mutationOptions()).mutateAsync,
    undo: useMutation(trpc.opportunities.undo.mutationOptions()).mutateAsync,
    lastChange: async (id) => {
      const options = trpc.opportunities.timeline.queryOptions({ id, limit: 1 }, { staleTime: 0 })
      return (await queryClient.fetchQuery(options)).rows[0]
    },
    reads: [trpc.opportunities.pathFilter()],
  }
}
