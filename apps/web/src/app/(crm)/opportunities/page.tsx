import type { Metadata } from 'next'
import { inPages } from '../../../components/list/list-address.ts'
import { Hydrated } from '../../../trpc/hydrated.tsx'
import { opportunityAddress } from './opportunity-address.ts'
import { OpportunityList } from './opportunity-list.tsx'

export const metadata: Metadata = { title: 'Opportunities' }

export default async function OpportunitiesPage({ searchParams }: PageProps<'/opportunities'>) {
  const query = await opportunityAddress.queryIn(searchParams)
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
