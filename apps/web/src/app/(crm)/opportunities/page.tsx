import type { Metadata } from 'next'
import { inPages } from '../../../components/list/list-parsers.ts'
import { Hydrated } from '../../../trpc/hydrated.tsx'
import { loadOpportunityList, opportunityListQuery } from './opportunity-list-state.ts'
import { OpportunityList } from './opportunity-list.tsx'

export const metadata: Metadata = { title: 'Opportunities' }

export default async function OpportunitiesPage({ searchParams }: PageProps<'/opportunities'>) {
  const query = opportunityListQuery(await loadOpportunityList(searchParams))
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.infiniteQuery(api.opportunities.list.infiniteQueryOptions(query, inPages)),
        cache.query(api.opportunities.count.queryOptions(query)),
      ]}
    >
      <OpportunityList />
    </Hydrated>
  )
}
