import { HydrationBoundary } from '@tanstack/react-query'
import { isTenantryError } from '@tenantry/errors'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { Suspense, type ReactNode } from 'react'
import { SkeletonRows } from '../components/ui/skeleton.tsx'
import { pageAddressHeader } from '../server/page-address.ts'
import { prefetch, type Ask } from './prefetch.ts'
import { SameTenant } from './same-tenant.tsx'
import { sessionOfRequest } from './server-caller.ts'

interface HydratedProps {
  /** What `children` ask for first, with the same options. */
  queries: Ask
  children: ReactNode
}

/** A page whose data comes with it. The frame is sent at once; the page follows when its database has answered. */
export function Hydrated(props: HydratedProps) {
  return (
    <Suspense fallback={<SkeletonRows />}>
      <Filled {...props} />
    </Suspense>
  )
}

async function Filled({ queries, children }: HydratedProps) {
  const session = await sessionOrSignIn()
  if (session === undefined) return children
  return (
    <SameTenant tenantId={session.tenant?.id} state={await prefetch(queries)}>
      {children}
    </SameTenant>
  )
}

/** A page of the console, which is about no company of the person's own: nothing of it can be another company's. */
export function HydratedConsole(props: HydratedProps) {
  return (
    <Suspense fallback={<SkeletonRows />}>
      <FilledConsole {...props} />
    </Suspense>
  )
}

async function FilledConsole({ queries, children }: HydratedProps) {
  await sessionOrSignIn()
  return <HydrationBoundary state={await prefetch(queries)}>{children}</HydrationBoundary>
}

/** For the layout around all pages: who is signed in, where, and how that company writes money and time. */
export async function HydratedSession({ children }: { children: ReactNode }) {
  await sessionOrSignIn()
  const state = await prefetch((api, cache) => [
    cache.query(api.session.view.queryOptions()),
    cache.query(api.tenant.settings.queryOptions()),
  ])
  return <HydrationBoundary state={state}>{children}</HydrationBoundary>
}

/** Sends a stranger to the sign-in page: a courtesy, nothing is guarded here. Undefined when the application database is away. */
async function sessionOrSignIn() {
  try {
    return await sessionOfRequest()
  } catch (error) {
    if (error instanceof Error && isTenantryError(error.cause, 'NOT_SIGNED_IN')) redirect(await signInAddress())
    return undefined
  }
}

/** The sign-in page leads back to where somebody wanted to go. */
async function signInAddress(): Promise<string> {
  const page = new URL((await headers()).get(pageAddressHeader) ?? '/', 'http://localhost')
  page.searchParams.delete('_rsc')
  const from = page.pathname + page.search
  return from === '/' ? '/sign-in' : `/sign-in?from=${encodeURIComponent(from)}`
}
