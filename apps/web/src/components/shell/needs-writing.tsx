'use client'

import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { EmptyState } from '../ui/empty-state.tsx'
import { useMay, useSession } from './use-session.ts'

/** A form for those who may save it; everybody else is told at once and not after filling it in. */
export function NeedsWriting({ children }: { children: ReactNode }) {
  const mayWrite = useMay('records.write')
  const { tenant } = useSession()
  if (mayWrite) return children
  return (
    <EmptyState isWholePage icon={<Lock className="size-5" />} title="You can read this, but not change it">
      {tenant?.status === 'suspended'
        ? 'Nothing can be changed while the company is suspended.'
        : 'Your role here is to read only. Somebody who manages members can change that.'}
    </EmptyState>
  )
}
