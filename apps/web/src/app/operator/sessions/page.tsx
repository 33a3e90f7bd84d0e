import type { Metadata } from 'next'
import { Sessions } from '../../(crm)/settings/sessions/sessions.tsx'
import { HydratedConsole } from '../../../trpc/hydrated.tsx'

export const metadata: Metadata = { title: 'Your sessions' }

export default function OperatorSessionsPage() {
  return (
    <HydratedConsole queries={(api, cache) => [cache.query(api.session.list.queryOptions())]}>
      <div className="grid max-w-4xl grid-cols-1 gap-4">
        <h1 className="text-xl font-semibold">Where you are signed in</h1>
        <Sessions />
      </div>
    </HydratedConsole>
  )
}
