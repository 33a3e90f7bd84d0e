'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { AccountId, ContactId, StageId } from '@tenantry/contracts/ids'
import { useRouter } from 'next/navigation'
import { useReturnTo } from '../../../../components/form/use-return-to.ts'
import { useAnnounce } from '../../../../components/ui/toast.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'
import { NewOpportunityForm } from '../new-opportunity-form.tsx'

interface Known {
  accountId: AccountId | null
  contactId: ContactId | null
  stageId: StageId | undefined
}

export function NewOpportunity(known: Known) {
  const trpc = useTRPC()
  const router = useRouter()
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const cancel = useReturnTo(originOf(known))
  const create = useMutation(
    trpc.opportunities.create.mutationOptions({
      onSuccess: async (opportunity) => {
        announce({ title: `Created ${opportunity.name}` })
        router.replace(`/opportunities/${opportunity.id}`)
        await queryClient.invalidateQueries(trpc.opportunities.pathFilter())
      },
    }),
  )
  return (
    <div className="grid gap-4">
      <h1 className="text-xl font-semibold">New opportunity</h1>
      <NewOpportunityForm
        known={known}
        error={create.error}
        isSaving={create.isPending || create.isSuccess}
        onSave={(input) => create.mutate(input)}
        onCancel={cancel}
      />
    </div>
  )
}

function originOf({ accountId, contactId, stageId }: Known): string {
  if (accountId !== null) return `/accounts/${accountId}`
  if (contactId !== null) return `/contacts/${contactId}`
  return stageId === undefined ? '/opportunities' : '/opportunities/board'
}
