import type { Metadata } from 'next'
import { inPages } from '../../../../../components/list/list-parsers.ts'
import { Hydrated } from '../../../../../trpc/hydrated.tsx'
import { Deliveries } from './deliveries.tsx'

export const metadata: Metadata = { title: 'Deliveries' }

export default async function DeliveriesPage({ params }: PageProps<'/settings/webhooks/[id]'>) {
  const { id } = await params
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.query(api.webhooks.list.queryOptions()),
        cache.infiniteQuery(api.webhooks.deliveries.infiniteQueryOptions({ id }, inPages)),
      ]}
    >
      <Deliveries id={id} />
    </Hydrated>
  )
}
