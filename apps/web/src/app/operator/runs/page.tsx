import type { Metadata } from 'next'
import { HydratedConsole } from '../../../trpc/hydrated.tsx'
import { Runs } from './runs.tsx'

export const metadata: Metadata = { title: 'Runs' }

export default function RunsPage() {
  return (
    <HydratedConsole queries={(api, cache) => [cache.query(api.operator.runs.queryOptions({}))]}>
      <Runs />
    </HydratedConsole>
  )
}
