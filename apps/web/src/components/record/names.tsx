'use client'

import { useQuery } from '@tanstack/react-query'
import { AccountId, ContactId } from '@tenantry/contracts/ids'
import { useTRPC } from '../../trpc/client.tsx'
import { usePeople } from '../shell/use-people.ts'

/* Names in the place of ids, as a timeline and a conflict hold them. What is not known any more is said to be so. */

export function PersonName({ id }: { id: string }) {
  return usePeople().find((one) => one.userId === id)?.name ?? 'somebody'
}

export function AccountName({ id }: { id: string }) {
  const trpc = useTRPC()
  const account = useQuery(trpc.accounts.byId.queryOptions({ id: AccountId.parse(id) }, { staleTime: 60_000 }))
  return account.data?.name ?? (account.isPending ? '…' : 'an account')
}

export function ContactName({ id }: { id: string }) {
  const trpc = useTRPC()
  const contact = useQuery(trpc.contacts.byId.queryOptions({ id: ContactId.parse(id) }, { staleTime: 60_000 }))
  return contact.data?.displayName ?? (contact.isPending ? '…' : 'a contact')
}

export function StageName({ id }: { id: string }) {
  const trpc = useTRPC()
  const pipelines = useQuery(trpc.pipelines.list.queryOptions(undefined, { staleTime: 60_000 }))
  const stage = pipelines.data?.flatMap((pipeline) => pipeline.stages).find((one) => one.id === id)
  return stage?.name ?? (pipelines.isPending ? '…' : 'a stage')
}
