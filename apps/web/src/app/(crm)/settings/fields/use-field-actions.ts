import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { CustomField } from '@tenantry/contracts/custom-fields'
import { useRecordActions } from '../../../../components/record/use-record-actions.ts'
import { useTRPC } from '../../../../trpc/client.tsx'

/** Puts a field away and takes it back, each with a toast that offers to undo it. */
export function useFieldActions({ id, version, label }: Pick<CustomField, 'id' | 'version' | 'label'>) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { customFields } = trpc
  return useRecordActions<CustomField['id'], CustomField>(
    { id, version, name: label },
    {
      archive: useMutation(customFields.archive.mutationOptions()).mutateAsync,
      unarchive: useMutation(customFields.unarchive.mutationOptions()).mutateAsync,
      remove: useMutation(customFields.remove.mutationOptions()).mutateAsync,
      restore: useMutation(customFields.restore.mutationOptions()).mutateAsync,
      undo: useMutation(customFields.undo.mutationOptions()).mutateAsync,
      lastChange: async (of) => {
        const options = customFields.timeline.queryOptions({ id: of, limit: 1 }, { staleTime: 0 })
        return (await queryClient.fetchQuery(options)).rows[0]
      },
      reads: [customFields.pathFilter()],
    },
  )
}
