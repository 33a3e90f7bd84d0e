import type { Metadata } from 'next'
import { OpportunityBoardPage } from './board.tsx'

export const metadata: Metadata = { title: 'Board' }

export default function BoardPage() {
  return <OpportunityBoardPage />
}
