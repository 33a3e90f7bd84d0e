'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AccountId } from '@tenantry/contracts/ids'
import { Failure } from '../../../components/failure.tsx'
import { Details } from '../../../components/record/details.tsx'
import { RecordPage } from '../../../components/record/record-page.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { SkeletonRows } from '../../../components/ui/skeleton.tsx'
import { useState } from 'react'
import { AccountEditor } from './account-editor.tsx'
import { useTRPC } from '../../../trpc/client.tsx'

export function AccountRecord({ id }: { id: AccountId }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [isEditing, setEditing] = useState(false)
  const record = useQuery(trpc.accounts.byId.queryOptions({ id }))
  const timeline = useQuery(trpc.accounts.timeline.queryOptions({ id }))
  const refresh = { onSettled: () => void queryClient.invalidateQueries(trpc.accounts.pathFilter()) }
  const archive = useMutation(trpc.accounts.archive.mutationOptions(refresh))
  const unarchive = useMutation(trpc.accounts.unarchive.mutationOptions(refresh))
  const remove = useMutation(trpc.accounts.remove.mutationOptions(refresh))
  const restore = useMutation(trpc.accounts.restore.mutationOptions(refresh))
  const undo = useMutation(trpc.accounts.undo.mutationOptions(refresh))
  if (record.error !== null) return <Failure error={record.error} onRetry={() => void record.refetch()} />
  if (record.data === undefined) return <SkeletonRows />
  const account = record.data
  const at = { id, version: account.version }
  if (isEditing) return <AccountEditor account={account} onDone={() => setEditing(false)} />
  return (
    <RecordPage
      title={account.name}
      state={account}
      refusal={archive.error ?? unarchive.error ?? remove.error ?? restore.error ?? undo.error}
      timeline={{ data: timeline.data?.rows, error: timeline.error }}
      isUndoing={undo.isPending}
      onUndo={(change) => undo.mutate({ id, changeId: change.id })}
      actions={
        account.deletedAt !== null ? (
          <Button onClick={() => restore.mutate(at)}>Restore</Button>
        ) : (
          <>
            <Button look="primary" onClick={() => setEditing(true)}>Edit</Button>
            {account.archivedAt === null ? (
              <Button onClick={() => archive.mutate(at)}>Archive</Button>
            ) : (
              <Button onClick={() => unarchive.mutate(at)}>Unarchive</Button>
            )}
            <Button look="danger" onClick={() => remove.mutate(at)}>
              Delete
            </Button>
          </>
        )
      }
    >
      <Details
        items={[
          ['Kind', account.kind],
          ['Status', account.status],
          ['E-mail', account.email],
          ['Phone', account.phone],
          ['Website', account.website],
          ['Industry', account.industry],
          ['Owner', account.ownerName],
          ['City', account.billingCity],
          ['Country', account.billingCountry],
          ['Description', account.description],
        ]}
      />
    </RecordPage>
  )
}
