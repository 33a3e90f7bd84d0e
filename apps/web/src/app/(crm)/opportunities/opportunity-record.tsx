'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { OpportunityId } from '@tenantry/contracts/ids'
import { Failure } from '../../../components/failure.tsx'
import { Details } from '../../../components/record/details.tsx'
import { RecordPage } from '../../../components/record/record-page.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { SkeletonRows } from '../../../components/ui/skeleton.tsx'
import { useTenantFormat } from '../../../components/shell/use-session.ts'
import { formatDate } from '../../../format/dates.ts'
import { formatMoney } from '../../../format/money.ts'
import { useTRPC } from '../../../trpc/client.tsx'

export function OpportunityRecord({ id }: { id: OpportunityId }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { locale } = useTenantFormat()
  const record = useQuery(trpc.opportunities.byId.queryOptions({ id }))
  const timeline = useQuery(trpc.opportunities.timeline.queryOptions({ id }))
  const refresh = { onSettled: () => void queryClient.invalidateQueries(trpc.opportunities.pathFilter()) }
  const archive = useMutation(trpc.opportunities.archive.mutationOptions(refresh))
  const unarchive = useMutation(trpc.opportunities.unarchive.mutationOptions(refresh))
  const remove = useMutation(trpc.opportunities.remove.mutationOptions(refresh))
  const restore = useMutation(trpc.opportunities.restore.mutationOptions(refresh))
  const undo = useMutation(trpc.opportunities.undo.mutationOptions(refresh))
  if (record.error !== null) return <Failure error={record.error} onRetry={() => void record.refetch()} />
  if (record.data === undefined) return <SkeletonRows />
  const opportunity = record.data
  const at = { id, version: opportunity.version }
  return (
    <RecordPage
      title={opportunity.name}
      state={opportunity}
      refusal={archive.error ?? unarchive.error ?? remove.error ?? restore.error ?? undo.error}
      timeline={{ data: timeline.data?.rows, error: timeline.error }}
      isUndoing={undo.isPending}
      onUndo={(change) => undo.mutate({ id, changeId: change.id })}
      actions={
        opportunity.deletedAt !== null ? (
          <Button onClick={() => restore.mutate(at)}>Restore</Button>
        ) : (
          <>
            
            {opportunity.archivedAt === null ? (
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
          ['Amount', formatMoney(opportunity.amountMinor, opportunity.currency, locale)],
          ['Expected', formatMoney(opportunity.expectedMinor, opportunity.currency, locale)],
          ['Stage', opportunity.stageName],
          ['Probability', `${opportunity.probability} %`],
          ['Account', opportunity.accountName],
          ['Contact', opportunity.contactName],
          ['Owner', opportunity.ownerName],
          ['Closes', opportunity.expectedCloseOn && formatDate(opportunity.expectedCloseOn, locale)],
          ['Next step', opportunity.nextStep],
          ['Lost because', opportunity.lostReason],
        ]}
      />
    </RecordPage>
  )
}
