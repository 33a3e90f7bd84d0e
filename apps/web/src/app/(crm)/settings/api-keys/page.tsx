import type { Metadata } from 'next'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { ApiKeys } from './api-keys.tsx'

export const metadata: Metadata = { title: 'API keys' }

export default function ApiKeysPage() {
  return (
    <Hydrated queries={(api, cache) => [cache.query(api.apiKeys.list.queryOptions())]}>
      <ApiKeys />
    </Hydrated>
  )
}
