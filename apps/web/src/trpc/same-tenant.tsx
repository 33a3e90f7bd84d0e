'use client'

import { HydrationBoundary, type DehydratedState } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { useSession } from '../components/shell/use-session.ts'
import { SkeletonRows } from '../components/ui/skeleton.tsx'

/**
 * Takes in what the server fetched, unless it is another company's: after a switch in another tab the server renders for
 * the new company while this tab still shows the old one. Then the tab starts over.
 */
export function SameTenant(props: { tenantId: string | undefined; state: DehydratedState; children: ReactNode }) {
  const shown = useSession().tenant?.id
  const isOther = props.tenantId !== shown
  useEffect(() => {
    if (isOther) window.location.reload()
  }, [isOther])
  return isOther ? <SkeletonRows /> : <HydrationBoundary state={props.state}>{props.children}</HydrationBoundary>
}
