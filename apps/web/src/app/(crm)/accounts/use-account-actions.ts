import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Account } from '@tenantry/contracts/accounts'
import { useRecordActions, type RecordCalls } from '../../../components/record/use-record-actions.ts'
import { useTRPC } from '../../../trpc/client.tsx'

export function useAccountActions(account: Pick<Account, 'id' | 'version' | 'name'>) {
  const { id, version } = account
  return useRecordActions({ id, version, name: account.name }, useAccountCalls())
}

/** The procedures of an account that every kind of record has. */
function useAccountCalls(): RecordCalls<Account['id'], Account> {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return {
    archive: useMutation(trpc.accounts.archive.mutationOptions()).mutateAsync,
    unarchive: useMutation(trpc.accounts.unarchive.mutationOptions()).mutateAsync,
    remove: useMutation(trpc.accounts.remove.mutationOptions()).mutateAsync,
    restore: useMutation(trpc.accounts.restore.mutationOptions()).mutateAsync,
    undo: useMutation(trpc.accounts.undo.mutationOptions()).mutateAsync,
    lastChange: async (id) => {
      const options = trpc.accounts.timeline.queryOptions({ id, limit: 1 }, { staleTime: 0 })
      return (await queryClient.fetchQuery(options)).rows[0]
    },
    reads: [trpc.accounts.pathFilter()],
  }
}
