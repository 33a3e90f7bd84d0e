import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Contact } from '@tenantry/contracts/contacts'
import { useRecordActions } from '../../../components/record/use-record-actions.ts'
import { useTRPC } from '../../../trpc/client.tsx'

export function useContactActions(contact: Pick<Contact, 'id' | 'version' | 'displayName'>) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const archive = useMutation(trpc.contacts.archive.mutationOptions())
  const unarchive = useMutation(trpc.contacts.unarchive.mutationOptions())
  const remove = useMutation(trpc.contacts.remove.mutationOptions())
  const restore = useMutation(trpc.contacts.restore.mutationOptions())
  const undo = useMutation(trpc.contacts.undo.mutationOptions())
  return useRecordActions(
    { id: contact.id, version: contact.version, name: contact.displayName },
    {
      archive: archive.mutateAsync,
      unarchive: unarchive.mutateAsync,
      remove: remove.mutateAsync,
      restore: restore.mutateAsync,
      undo: undo.mutateAsync,
      lastChange: async (id) => {
        const page = await queryClient.fetchQuery(
          trpc.contacts.timeline.queryOptions({ id, limit: 1 }, { staleTime: 0 }),
        )
        return page.rows[0]
      },
    },
    [trpc.contacts.pathFilter()],
  )
}
