import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Account } from '@tenantry/contracts/accounts'
import { useRecordActions } from '../../../components/record/use-record-actions.ts'
import { useTRPC } from '../../../trpc/client.tsx'

export function useAccountActions(account: Pick<Account, 'id' | 'version' | 'name'>) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const archive = useMutation(trpc.accounts.archive.mutationOptions())
  const unarchive = useMutation(trpc.accounts.unarchive.mutationOptions())
  const remove = useMutation(trpc.accounts.remove.mutationOptions())
  const restore = useMutation(trpc.accounts.restore.mutationOptions())
  const undo = useMutation(trpc.accounts.undo.mutationOptions())
  return useRecordActions(
    account,
    {
      archive: archive.mutateAsync,
      unarchive: unarchive.mutateAsync,
      remove: remove.mutateAsync,
      restore: restore.mutateAsync,
      undo: undo.mutateAsync,
      lastChange: async (id) => {
        const page = await queryClient.fetchQuery(
          trpc.accounts.timeline.queryOptions({ id, limit: 1 }, { staleTime: 0 }),
        )
        return page.rows[0]
      },
    },
    [trpc.accounts.pathFilter()],
  )
}
