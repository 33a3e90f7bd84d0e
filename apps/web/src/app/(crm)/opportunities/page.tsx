import type { Metadata } from 'next'
import { Suspense } from 'react'
import { SkeletonRows } from '../../../components/ui/skeleton.tsx'
import { OpportunityList } from './opportunity-list.tsx'

export const metadata: Metadata = { title: 'Opportunities' }

export default function OpportunitiesPage() {
  return (
    <Suspense fallback={<SkeletonRows />}>
      <OpportunityList />
    </Suspense>
  )
}
