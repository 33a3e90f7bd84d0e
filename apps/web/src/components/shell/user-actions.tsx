'use client'

import { useMutation } from '@tanstack/react-query'
import { LogOut, SunMoon } from 'lucide-react'
import { useTheme } from 'next-themes'
import { useTRPC } from '../../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { useSession } from './use-session.ts'

export function UserActions() {
  const { user } = useSession()
  const trpc = useTRPC()
  const { resolvedTheme, setTheme } = useTheme()
  const leave = useMutation(trpc.session.signOut.mutationOptions({ onSuccess: () => window.location.assign('/sign-in') }))
  return (
    <div className="flex items-center gap-1">
      <p className="hidden min-w-0 flex-1 truncate px-3 text-muted md:block">{user.name}</p>
      <Button
        look="quiet"
        size="icon"
        aria-label="Switch between light and dark"
        onClick={() => setTheme(resolvedTheme === 'dark' ? 'light' : 'dark')}
      >
        <SunMoon aria-hidden className="size-4" />
      </Button>
      <Button look="quiet" size="icon" aria-label="Sign out" disabled={leave.isPending} onClick={() => leave.mutate()}>
        <LogOut aria-hidden className="size-4" />
      </Button>
    </div>
  )
}
