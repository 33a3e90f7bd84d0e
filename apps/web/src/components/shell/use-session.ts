import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { roleAllows, type Permission } from '@tenantry/contracts/roles'
import { useTRPC } from '../../trpc/client.tsx'

/** Who is signed in and where; the shell has it before any page asks. */
export function useSession() {
  const trpc = useTRPC()
  return useSuspenseQuery(trpc.session.view.queryOptions()).data
}

/** Whether to show a place. Only the API decides; this keeps away what would be refused. */
export function useMaySee(permission: Permission): boolean {
  const { tenant } = useSession()
  return tenant !== null && roleAllows(tenant.role, permission)
}

/** Whether to offer a change: a suspended company can be read only. */
export function useMay(permission: Permission): boolean {
  const { tenant } = useSession()
  return tenant?.status === 'active' && roleAllows(tenant.role, permission)
}

/** The company's way of writing money and time; sensible defaults until it is known. */
export function useTenantFormat() {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.tenant.settings.queryOptions(undefined, { staleTime: 300_000 }))
  return { locale: data?.locale ?? 'en-US', currency: data?.currency ?? 'USD', timeZone: data?.timeZone }
}
