'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ContactId } from '@tenantry/contracts/ids'
import { Failure } from '../../../components/failure.tsx'
import { Details } from '../../../components/record/details.tsx'
import { RecordPage } from '../../../components/record/record-page.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { SkeletonRows } from '../../../components/ui/skeleton.tsx'

import { useTRPC } from '../../../trpc/client.tsx'

export function ContactRecord({ id }: { id: ContactId }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const record = useQuery(trpc.contacts.byId.queryOptions({ id }))
  const timeline = useQuery(trpc.contacts.timeline.queryOptions({ id }))
  const refresh = { onSettled: () => void queryClient.invalidateQueries(trpc.contacts.pathFilter()) }
  const archive = useMutation(trpc.contacts.archive.mutationOptions(refresh))
  const unarchive = useMutation(trpc.contacts.unarchive.mutationOptions(refresh))
  const remove = useMutation(trpc.contacts.remove.mutationOptions(refresh))
  const restore = useMutation(trpc.contacts.restore.mutationOptions(refresh))
  const undo = useMutation(trpc.contacts.undo.mutationOptions(refresh))
  if (record.error !== null) return <Failure error={record.error} onRetry={() => void record.refetch()} />
  if (record.data === undefined) return <SkeletonRows />
  const contact = record.data
  const at = { id, version: contact.version }
  return (
    <RecordPage
      title={contact.displayName}
      state={contact}
      refusal={archive.error ?? unarchive.error ?? remove.error ?? restore.error ?? undo.error}
      timeline={{ data: timeline.data?.rows, error: timeline.error }}
      isUndoing={undo.isPending}
      onUndo={(change) => undo.mutate({ id, changeId: change.id })}
      actions={
        contact.deletedAt !== null ? (
          <Button onClick={() => restore.mutate(at)}>Restore</Button>
        ) : (
          <>
            
            {contact.archivedAt === null ? (
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
          ['Job', contact.jobTitle],
          ['Companies', contact.accounts.map((link) => link.accountName).join(', ')],
          ...contact.points.map((point): [string, string] => [point.label ?? point.kind, point.value]),
          ['Owner', contact.ownerName],
          ['Birthday', contact.birthday],
          ['Do not contact', contact.doNotContact ? 'Yes' : null],
        ]}
      />
    </RecordPage>
  )
}
