import type { Metadata } from 'next'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { Sessions } from './sessions.tsx'

export const metadata: Metadata = { title: 'Your sessions' }

export default function SessionsPage() {
  return (
    <Hydrated queries={(api, cache) => [cache.query(api.session.list.queryOptions())]}>
      <Sessions />
    </Hydrated>
  )
}
