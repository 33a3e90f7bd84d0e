import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.tsx'

/** A switch loads a fresh page, so that nothing of the company before stays in memory. */
export function useSwitchTenant() {
  const trpc = useTRPC()
  return useMutation(
    trpc.session.switchTenant.mutationOptions({ onSuccess: () => window.location.assign('/accounts') }),
  )
}
