import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Contact } from '@tenantry/contracts/contacts'
import { useRecordActions, type RecordCalls } from '../../../components/record/use-record-actions.ts'
import { useTRPC } from '../../../trpc/client.tsx'

export function useContactActions(contact: Pick<Contact, 'id' | 'version' | 'displayName'>) {
  const { id, version } = contact
  return useRecordActions({ id, version, name: contact.displayName }, useContactCalls())
}

/** The procedures of a contact that every kind of record has. */
function useContactCalls(): RecordCalls<Contact['id'], Contact> {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return {
    archive: useMutation(trpc.contacts.archive.mutationOptions()).mutateAsync,
    unarchive: useMutation(trpc.contacts.unarchive.mutationOptions()).mutateAsync,
    remove: useMutation(trpc.contacts.remove.mutationOptions()).mutateAsync,
    restore: useMutation(trpc.contacts.restore.mutationOptions()).mutateAsync,
    undo: useMutation(trpc.contacts.undo.mutationOptions()).mutateAsync,
    lastChange: async (id) => {
      const options = trpc.contacts.timeline.queryOptions({ id, limit: 1 }, { staleTime: 0 })
      return (await queryClient.fetchQuery(options)).rows[0]
    },
    reads: [trpc.contacts.pathFilter()],
  }
}
