'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { AccountId } from '@tenantry/contracts/ids'
import { useRouter } from 'next/navigation'
import { useReturnTo } from '../../../../components/form/use-return-to.ts'
import { useSession } from '../../../../components/shell/use-session.ts'
import { useAnnounce } from '../../../../components/ui/toast.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'
import { ContactForm } from '../contact-form.tsx'
import { newContactValues } from '../contact-values.ts'

export function NewContact({ accountId }: { accountId: AccountId | null }) {
  const trpc = useTRPC()
  const router = useRouter()
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const me = useSession().user.id
  const cancel = useReturnTo(accountId === null ? '/contacts' : `/accounts/${accountId}`)
  const create = useMutation(
    trpc.contacts.create.mutationOptions({
      onSuccess: async (contact) => {
        announce({ title: `Created ${contact.displayName}` })
        router.replace(`/contacts/${contact.id}`)
        await queryClient.invalidateQueries(trpc.contacts.pathFilter())
      },
    }),
  )
  return (
    <div className="grid gap-4">
      <h1 className="text-xl font-semibold">New contact</h1>
      <ContactForm
        title="New contact"
        values={newContactValues(me, accountId)}
        saveLabel="Create contact"
        error={create.error}
        isSaving={create.isPending || create.isSuccess}
        onSave={(input) => create.mutate(input)}
        onCancel={cancel}
      />
    </div>
  )
}
