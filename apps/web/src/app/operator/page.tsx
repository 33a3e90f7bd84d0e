import { inPages } from '../../components/list/list-parsers.ts'
import { HydratedConsole } from '../../trpc/hydrated.tsx'
import { fleetQuery, loadFleet } from './fleet-state.ts'
import { Fleet } from './fleet.tsx'

export default async function FleetPage({ searchParams }: PageProps<'/operator'>) {
  const query = fleetQuery(await loadFleet(searchParams))
  return (
    <HydratedConsole
      queries={(api, cache) => [
        cache.infiniteQuery(api.operator.tenants.infiniteQueryOptions(query, inPages)),
        cache.query(api.operator.summary.queryOptions()),
      ]}
    >
      <Fleet />
    </HydratedConsole>
  )
}
