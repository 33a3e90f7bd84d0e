'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { OpportunityId } from '@tenantry/contracts/ids'
import type { Opportunity } from '@tenantry/contracts/opportunities'
import { inPages } from '../../../components/list/list-parsers.ts'
import { CustomDetails } from '../../../components/custom-fields/custom-details.tsx'
import { RecordFailure } from '../../../components/record/record-failure.tsx'
import { RecordHistory } from '../../../components/record/record-history.tsx'
import { RecordPage } from '../../../components/record/record-page.tsx'
import { timelinePage } from '../../../components/record/timeline-page.ts'
import { useMay } from '../../../components/shell/use-session.ts'
import { Badge } from '../../../components/ui/badge.tsx'
import { SkeletonRecord } from '../../../components/ui/skeleton.tsx'
import { useTRPC } from '../../../trpc/client.tsx'
import { OpportunityDetails } from './opportunity-details.tsx'
import { QuotesCard } from './quotes/quotes-card.tsx'
import { StageBadge } from './stage-badge.tsx'
import { StageBar } from './stage-bar.tsx'
import { StageHistory } from './stage-history.tsx'
import { useOpportunityActions } from './use-opportunity-actions.ts'

const list = { title: 'Opportunities', href: '/opportunities' }

export function OpportunityRecord({ id }: { id: OpportunityId }) {
  const trpc = useTRPC()
  const record = useQuery(trpc.opportunities.byId.queryOptions({ id }))
  if (record.data !== undefined) return <Loaded opportunity={record.data} />
  if (record.error === null) return <SkeletonRecord />
  return <RecordFailure noun="opportunity" list={list} error={record.error} onRetry={() => void record.refetch()} />
}

function Loaded({ opportunity }: { opportunity: Opportunity }) {
  const trpc = useTRPC()
  const { id } = opportunity
  const mayWrite = useMay('records.write')
  const actions = useOpportunityActions(opportunity)
  const timeline = useInfiniteQuery(
    trpc.opportunities.timeline.infiniteQueryOptions({ id, limit: timelinePage }, inPages),
  )
  return (
    <RecordPage
      list={list}
      editHref={`/opportunities/${id}/edit`}
      title={opportunity.name}
      badges={
        <>
          <StageBadge name={opportunity.stageName} kind={opportunity.stageKind} />
          {opportunity.isRotting && <Badge tone="warn">Waiting long</Badge>}
        </>
      }
      state={opportunity}
      actions={actions}
      timeline={
        <RecordHistory
          entity="opportunity"
          id={id}
          query={timeline}
          actions={actions}
          currency={opportunity.currency}
        />
      }
    >
      <StageBar
        opportunity={opportunity}
        isReadOnly={!mayWrite || opportunity.deletedAt !== null}
        onMoved={(moved) => actions.announce(`Moved to ${moved.stageName}`, moved)}
      />
      <OpportunityDetails opportunity={opportunity} />
      <CustomDetails entity="opportunity" custom={opportunity.custom} />
      <QuotesCard id={id} isReadOnly={!mayWrite || opportunity.deletedAt !== null} />
      <StageHistory id={id} currency={opportunity.currency} />
    </RecordPage>
  )
}
