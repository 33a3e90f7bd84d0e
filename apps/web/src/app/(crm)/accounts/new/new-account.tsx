'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useReturnTo } from '../../../../components/form/use-return-to.ts'
import { useSession } from '../../../../components/shell/use-session.ts'
import { useAnnounce } from '../../../../components/ui/toast.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'
import { AccountForm } from '../account-form.tsx'
import { newAccountValues } from '../account-values.ts'

export function NewAccount() {
  const trpc = useTRPC()
  const router = useRouter()
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const me = useSession().user.id
  const cancel = useReturnTo('/accounts')
  const create = useMutation(
    trpc.accounts.create.mutationOptions({
      onSuccess: async (account) => {
        announce({ title: `Created ${account.name}` })
        router.replace(`/accounts/${account.id}`)
        await queryClient.invalidateQueries(trpc.accounts.pathFilter())
      },
    }),
  )
  return (
    <div className="grid gap-4">
      <h1 className="text-xl font-semibold">New account</h1>
      <AccountForm
        title="New account"
        values={newAccountValues(me)}
        saveLabel="Create account"
        error={create.error}
        isSaving={create.isPending || create.isSuccess}
        onSave={(input) => create.mutate(input)}
        onCancel={cancel}
      />
    </div>
  )
}
