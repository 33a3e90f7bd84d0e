import { OpportunityId } from '@tenantry/contracts/ids'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { inPages } from '../../../../components/list/list-parsers.ts'
import { activityQuery } from '../../../../components/record/activity-query.ts'
import { timelinePage } from '../../../../components/record/timeline-page.ts'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { OpportunityRecord } from '../opportunity-record.tsx'
import { quotesOf } from '../quotes/quotes-of.ts'

export const metadata: Metadata = { title: 'Opportunity' }

export default async function OpportunityPage({ params }: PageProps<'/opportunities/[id]'>) {
  const parsed = OpportunityId.safeParse((await params).id)
  if (!parsed.success) notFound()
  const id = parsed.data
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.query(api.opportunities.byId.queryOptions({ id })),
        cache.query(api.customFields.list.queryOptions({ entity: 'opportunity', show: 'all' })),
        cache.query(api.quotes.list.queryOptions(quotesOf(id))),
        cache.query(api.opportunities.stageHistory.queryOptions({ id })),
        cache.query(api.pipelines.list.queryOptions()),
        cache.infiniteQuery(api.opportunities.timeline.infiniteQueryOptions({ id, limit: timelinePage }, inPages)),
        cache.infiniteQuery(api.about.timeline.infiniteQueryOptions(activityQuery('opportunity', id), inPages)),
      ]}
    >
      <OpportunityRecord id={id} />
    </Hydrated>
  )
}
