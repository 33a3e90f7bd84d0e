'use client'

import { useQuery } from '@tanstack/react-query'
import { ListChecks, Lock, Server, SquareArrowOutUpRight } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTRPC } from '../../trpc/client.tsx'
import { codeOf } from '../../trpc/error-code.ts'
import { renderedTenant } from '../../trpc/rendered-tenant.ts'
import { Failure } from '../failure.tsx'
import { Logo } from '../shell/logo.tsx'
import { NavigationOf } from '../shell/navigation.tsx'
import { ShellSkeleton } from '../shell/shell-skeleton.tsx'
import { useTrouble } from '../shell/use-trouble.ts'
import { useSignInAgain } from '../shell/use-sign-in-again.ts'
import { UserMenu } from '../shell/user-menu.tsx'
import { buttonLook } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

const places = [
  { href: '/operator', label: 'Fleet', Icon: Server },
  { href: '/operator/runs', label: 'Runs', Icon: ListChecks },
]

/** The frame of the console: another one than the CRM's, so that nobody takes the one for the other. */
export function OperatorShell({ children }: { children: ReactNode }) {
  const trpc = useTRPC()
  const session = useQuery(trpc.session.view.queryOptions())
  const trouble = useTrouble()
  const isSignedOut = trouble === 'signed-out' || codeOf(session.error) === 'NOT_SIGNED_IN'
  useSignInAgain(isSignedOut)
  // The console asserts no company: what it asks names the tenant it is about.
  renderedTenant.set(undefined)
  if (session.data === undefined) {
    if (session.error === null || isSignedOut) return <ShellSkeleton />
    return (
      <main className="mx-auto grid max-w-xl gap-6 p-6 pt-24">
        <Logo />
        <Failure error={session.error} onRetry={() => void session.refetch()} />
      </main>
    )
  }
  const { user, isOperator, tenant, tenants } = session.data
  if (!isOperator) return <NotForYou />
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[14rem_1fr]">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-ink px-3 py-2 font-medium text-paper focus:translate-y-0"
      >
        Skip to the page
      </a>
      <header className="sticky top-0 z-20 flex items-center gap-2 border-b border-line bg-card p-2 md:h-dvh md:flex-col md:items-stretch md:gap-3 md:border-r md:border-b-0 md:p-3">
        <div className="px-2 pt-1">
          <Logo />
          <p className="text-xs text-muted md:mt-1">Operator console</p>
        </div>
        <NavigationOf places={places} label="Console" />
        <div className="ml-auto flex items-center gap-1 md:mt-auto md:ml-0 md:grid">
          {(tenant !== null || tenants.length > 0) && (
            <Link href="/accounts" className={buttonLook({ look: 'quiet', size: 'small' })}>
              <SquareArrowOutUpRight aria-hidden className="size-4" />
              To the CRM
            </Link>
          )}
          <UserMenu user={user} isOperator={isOperator} sessionsHref="/operator/sessions" />
        </div>
      </header>
      <main id="main" tabIndex={-1} className="min-w-0 px-4 pt-4 pb-24 outline-none md:px-7 md:pt-6 md:pb-10">
        {children}
      </main>
    </div>
  )
}

function NotForYou() {
  return (
    <main className="mx-auto grid max-w-xl gap-6 p-6 pt-24">
      <Logo />
      <EmptyState
        isWholePage
        icon={<Lock className="size-5" />}
        title="The console is for operators"
        action={
          <Link href="/accounts" className={buttonLook()}>
            Go to your company
          </Link>
        }
      >
        Whoever runs this installation can make you one, at the command line.
      </EmptyState>
    </main>
  )
}
