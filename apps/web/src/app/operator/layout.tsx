import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { OperatorShell } from '../../components/operator/operator-shell.tsx'
import { HydratedSession } from '../../trpc/hydrated.tsx'

export const metadata: Metadata = { title: { default: 'Fleet', template: '%s · Tenantry console' } }

export default function OperatorLayout({ children }: { children: ReactNode }) {
  return (
    <HydratedSession>
      <OperatorShell>{children}</OperatorShell>
    </HydratedSession>
  )
}
