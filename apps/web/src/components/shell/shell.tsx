'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { useTRPC } from '../../trpc/client.tsx'
import { codeOf } from '../../trpc/error-code.ts'
import { renderedTenant } from '../../trpc/rendered-tenant.ts'
import { Failure } from '../failure.tsx'
import { Banner } from '../ui/banner.tsx'
import { Dialog, DialogActions } from '../ui/dialog.tsx'
import { Button } from '../ui/button.tsx'
import { SupportBanner } from '../support/support-banner.tsx'
import { ChooseTenant } from './choose-tenant.tsx'
import { DatabaseBanner } from './database-banner.tsx'
import { Logo } from './logo.tsx'
import { Navigation } from './navigation.tsx'
import { ShellSkeleton } from './shell-skeleton.tsx'
import { TenantSwitcher } from './tenant-switcher.tsx'
import { useSignInAgain } from './use-sign-in-again.ts'
import { useTrouble } from './use-trouble.ts'
import { UserMenu } from './user-menu.tsx'

/** The frame around every page of a signed-in person. Children are shown once it is known who asks, and where. */
export function Shell({ children }: { children: ReactNode }) {
  const trpc = useTRPC()
  const session = useQuery(trpc.session.view.queryOptions())
  const trouble = useTrouble()
  const isSignedOut = trouble === 'signed-out' || codeOf(session.error) === 'NOT_SIGNED_IN'
  useSignInAgain(isSignedOut)
  // Whoever only runs the installation has nothing to choose here.
  const isOnlyOperator = session.data?.isOperator === true && session.data.tenants.length === 0
  const belongsToConsole = isOnlyOperator && session.data?.tenant === null && session.data.support === null
  useEffect(() => {
    if (belongsToConsole) window.location.replace('/operator')
  }, [belongsToConsole])
  if (session.data === undefined) {
    if (session.error === null || isSignedOut) return <ShellSkeleton />
    return (
      <main className="mx-auto grid max-w-xl gap-6 p-6 pt-24">
        <Logo />
        <Failure error={session.error} onRetry={() => void session.refetch()} />
      </main>
    )
  }
  const { tenant } = session.data
  renderedTenant.set(tenant?.id)
  if (belongsToConsole) return <ShellSkeleton />
  if (tenant === null) return <ChooseTenant session={session.data} />
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[14rem_1fr]">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-ink px-3 py-2 font-medium text-paper focus:translate-y-0"
      >
        Skip to the page
      </a>
      <header className="sticky top-0 z-20 flex items-center gap-2 border-b border-line bg-card p-2 md:h-dvh md:flex-col md:items-stretch md:gap-3 md:border-r md:border-b-0 md:p-3">
        <div className="hidden px-2 pt-1 md:block">
          <Logo />
        </div>
        <TenantSwitcher session={session.data} />
        <Navigation />
        <div className="ml-auto md:mt-auto md:ml-0">
          <UserMenu user={session.data.user} isOperator={session.data.isOperator} />
        </div>
      </header>
      <main id="main" tabIndex={-1} className="min-w-0 px-4 pt-4 pb-24 outline-none md:px-7 md:pt-6 md:pb-10">
        <div className="grid gap-4 [&:not(:empty)]:mb-5">
          <SupportBanner session={session.data} />
          <DatabaseBanner tenant={tenant} isAway={trouble === 'database-away'} />
          {tenant.status === 'suspended' && (
            <Banner tone="warn" title={`${tenant.name} is suspended: its data can be read but not changed`}>
              <p>Ask whoever runs this installation to lift the suspension.</p>
            </Banner>
          )}
        </div>
        {children}
      </main>
      {trouble === 'tenant-changed' && <TenantChanged />}
      {trouble === 'support-ended' && <SupportEnded />}
    </div>
  )
}

function TenantChanged() {
  const reload = () => window.location.assign('/accounts')
  return (
    <Dialog
      title="You work in another company now"
      description="It was chosen in another tab. This page still shows the company before and has to be loaded again."
      onClose={reload}
    >
      <DialogActions>
        <Button look="primary" onClick={reload}>
          Load again
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function SupportEnded() {
  const leave = () => window.location.assign('/operator')
  return (
    <Dialog
      title="Your support access is over"
      description="It has expired, or somebody has ended it. What this page shows may no longer be so."
      onClose={leave}
    >
      <DialogActions>
        <Button look="primary" onClick={leave}>
          Back to the console
        </Button>
      </DialogActions>
    </Dialog>
  )
}
