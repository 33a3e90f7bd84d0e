import type { Metadata } from 'next'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { OpportunityBoardPage } from './board.tsx'

export const metadata: Metadata = { title: 'Board' }

export default function BoardPage() {
  return (
    <Hydrated queries={(api, cache) => [cache.query(api.opportunities.board.queryOptions({}))]}>
      <OpportunityBoardPage />
    </Hydrated>
  )
}
