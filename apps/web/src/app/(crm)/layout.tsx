import type { ReactNode } from 'react'
import { Shell } from '../../components/shell/shell.tsx'
import { HydratedSession } from '../../trpc/hydrated.tsx'

export default function CrmLayout({ children }: { children: ReactNode }) {
  return (
    <HydratedSession>
      <Shell>{children}</Shell>
    </HydratedSession>
  )
}
