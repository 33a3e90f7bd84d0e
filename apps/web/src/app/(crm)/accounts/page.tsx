import type { Metadata } from 'next'
import { Suspense } from 'react'
import { SkeletonRows } from '../../../components/ui/skeleton.tsx'
import { AccountList } from './account-list.tsx'

export const metadata: Metadata = { title: 'Accounts' }

export default function AccountsPage() {
  return (
    <Suspense fallback={<SkeletonRows />}>
      <AccountList />
    </Suspense>
  )
}
