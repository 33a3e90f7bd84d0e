import type { Metadata } from 'next'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { boardQuery, loadBoard } from './board-state.ts'
import { OpportunityBoardPage } from './board-page.tsx'

export const metadata: Metadata = { title: 'Board' }

export default async function BoardPage({ searchParams }: PageProps<'/opportunities/board'>) {
  const query = boardQuery(await loadBoard(searchParams))
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.query(api.opportunities.board.queryOptions(query)),
        cache.query(api.pipelines.list.queryOptions()),
        cache.query(api.people.list.queryOptions()),
      ]}
    >
      <OpportunityBoardPage />
    </Hydrated>
  )
}
