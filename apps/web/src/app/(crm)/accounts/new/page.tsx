'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTRPC } from '../../../../trpc/client.tsx'
import { AccountForm } from '../account-form.tsx'

export default function NewAccountPage() {
  const trpc = useTRPC()
  const router = useRouter()
  const queryClient = useQueryClient()
  const create = useMutation(
    trpc.accounts.create.mutationOptions({
      onSuccess: (account) => {
        void queryClient.invalidateQueries(trpc.accounts.pathFilter())
        router.push(`/accounts/${account.id}`)
      },
    }),
  )
  return (
    <div className="grid gap-4">
      <h1 className="text-xl font-semibold">New account</h1>
      <AccountForm
        error={create.error}
        isSaving={create.isPending}
        onSave={(input) => create.mutate(input)}
        onCancel={() => router.back()}
      />
    </div>
  )
}
