'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { useTRPC } from '../../trpc/client.tsx'
import { codeOf } from '../../trpc/error-code.ts'
import { renderedTenant } from '../../trpc/rendered-tenant.ts'
import { Failure } from '../failure.tsx'
import { Banner } from '../ui/banner.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { Navigation } from './navigation.tsx'
import { TenantSwitcher } from './tenant-switcher.tsx'
import { UserActions } from './user-actions.tsx'

/** The frame around every page of a signed-in person. Children are shown once it is known who asks, and where. */
export function Shell({ children }: { children: ReactNode }) {
  const trpc = useTRPC()
  const session = useQuery(trpc.session.view.queryOptions())
  const isSignedOut = codeOf(session.error) === 'NOT_SIGNED_IN'
  useEffect(() => {
    if (isSignedOut) window.location.assign('/sign-in')
  }, [isSignedOut])
  if (session.data === undefined) {
    return (
      <main className="mx-auto max-w-3xl p-6">
        {session.error && !isSignedOut ? (
          <Failure error={session.error} onRetry={() => void session.refetch()} />
        ) : (
          <SkeletonRows />
        )}
      </main>
    )
  }
  const { tenant } = session.data
  renderedTenant.set(tenant?.id)
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[15rem_1fr]">
      <aside className="flex items-center gap-2 border-b border-line bg-card p-3 md:sticky md:top-0 md:h-dvh md:flex-col md:items-stretch md:gap-4 md:border-r md:border-b-0">
        <p className="hidden px-3 pt-1 text-sm font-semibold text-brand md:block">Tenantry</p>
        <TenantSwitcher />
        <Navigation />
        <div className="md:mt-auto">
          <UserActions />
        </div>
      </aside>
      <main className="min-w-0 px-4 pt-5 pb-24 md:px-8 md:pb-8">
        {tenant?.status === 'suspended' && (
          <div className="mb-5">
            <Banner tone="warn" title="This company is suspended: its data can be read but not changed." />
          </div>
        )}
        {tenant === null ? <Banner tone="warn" title="Choose a company to work in." /> : children}
      </main>
    </div>
  )
}
