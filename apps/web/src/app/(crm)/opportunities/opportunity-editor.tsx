'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Opportunity, OpportunityPatch } from '@tenantry/contracts/opportunities'
import type { OpportunityId } from '@tenantry/contracts/ids'
import { useState } from 'react'
import { changedFields } from '../../../components/form/changed-fields.ts'
import { useReturnTo } from '../../../components/form/use-return-to.ts'
import { ConflictDialog } from '../../../components/record/conflict-dialog.tsx'
import { patchKeeping } from '../../../components/record/merge-stale.ts'
import { RecordFailure } from '../../../components/record/record-failure.tsx'
import { staleWriteOf } from '../../../components/record/stale-write.ts'
import { SkeletonRecord } from '../../../components/ui/skeleton.tsx'
import { useTRPC } from '../../../trpc/client.tsx'
import { OpportunityForm, opportunityValues } from './opportunity-form.tsx'
import { useOpportunityActions } from './use-opportunity-actions.ts'

export function OpportunityEditorPage({ id }: { id: OpportunityId }) {
  const trpc = useTRPC()
  const record = useQuery(trpc.opportunities.byId.queryOptions({ id }))
  if (record.data !== undefined) return <OpportunityEditor opportunity={record.data} />
  if (record.error === null) return <SkeletonRecord />
  return (
    <RecordFailure
      noun="opportunity"
      list={{ title: 'Opportunitys', href: '/opportunities' }}
      error={record.error}
      onRetry={() => void record.refetch()}
    />
  )
}

/** Sends only what was changed, from the version the form was opened with; a clash is settled field by field. */
function OpportunityEditor({ opportunity: latest }: { opportunity: Opportunity }) {
  // The record may be read again while the form is open; what the form started from stays.
  const [opportunity] = useState(latest)
  const [opened] = useState(() => opportunityValues(opportunity))
  const [patch, setPatch] = useState<OpportunityPatch>({})
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const done = useReturnTo(`/opportunities/${opportunity.id}`)
  const actions = useOpportunityActions(opportunity)
  const save = useMutation(
    trpc.opportunities.patch.mutationOptions({
      onSuccess: async (saved) => {
        queryClient.setQueryData(trpc.opportunities.byId.queryKey({ id: saved.id }), saved)
        if (saved.version !== opportunity.version) actions.announce(`Saved ${saved.name}`, saved)
        done()
        await queryClient.invalidateQueries(trpc.opportunities.pathFilter())
      },
    }),
  )
  const stale = staleWriteOf(save.error)
  const send = (version: number, next: OpportunityPatch) => {
    setPatch(next)
    save.mutate({ id: opportunity.id, version, patch: next })
  }
  return (
    <div className="grid gap-4">
      <h1 className="text-xl font-semibold break-words">Edit {opportunity.name}</h1>
      <OpportunityForm
        title={`Edit ${opportunity.name}`}
        values={opened}
        isClosed={opportunity.outcome !== null}
        error={stale === undefined ? save.error : null}
        isSaving={save.isPending || save.isSuccess}
        onCancel={done}
        onSave={(input) => {
          const next = changedFields<OpportunityPatch>(opened, input)
          if (Object.keys(next).length === 0) done()
          else send(opportunity.version, next)
        }}
      />
      {stale !== undefined && (
        <ConflictDialog
          entity="opportunity"
          stale={stale}
          currency={opportunity.currency}
          patch={patch}
          isSaving={save.isPending}
          onCancel={() => save.reset()}
          onSave={(theirs) => send(stale.currentVersion, patchKeeping(patch, theirs))}
        />
      )}
    </div>
  )
}
