import { OpportunityId } from '@tenantry/contracts/ids'
import { notFound } from 'next/navigation'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { OpportunityRecord } from '../opportunity-record.tsx'

export default async function OpportunityPage({ params }: PageProps<'/opportunities/[id]'>) {
  const id = OpportunityId.safeParse((await params).id)
  if (!id.success) notFound()
  const record = { id: id.data }
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.query(api.opportunities.byId.queryOptions(record)),
        cache.query(api.opportunities.timeline.queryOptions(record)),
      ]}
    >
      <OpportunityRecord id={id.data} />
    </Hydrated>
  )
}
