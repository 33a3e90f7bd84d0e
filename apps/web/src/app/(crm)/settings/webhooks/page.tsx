import type { Metadata } from 'next'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { Webhooks } from './webhooks.tsx'

export const metadata: Metadata = { title: 'Webhooks' }

export default function WebhooksPage() {
  return (
    <Hydrated queries={(api, cache) => [cache.query(api.webhooks.list.queryOptions())]}>
      <Webhooks />
    </Hydrated>
  )
}
