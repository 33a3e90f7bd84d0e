import type { Metadata } from 'next'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { Support } from './support.tsx'

export const metadata: Metadata = { title: 'Support access' }

export default function SupportPage() {
  return (
    <Hydrated queries={(api, cache) => [cache.query(api.support.list.queryOptions())]}>
      <Support />
    </Hydrated>
  )
}
