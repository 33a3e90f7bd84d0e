import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { roleAllows, type Permission } from '@tenantry/contracts/roles'
import { useTRPC } from '../../trpc/client.tsx'

/** Who is signed in and where; the shell has it before any page asks. */
export function useSession() {
  const trpc = useTRPC()
  return useSuspenseQuery(trpc.session.view.queryOptions()).data
}

/** Whether to offer an action. Only the API decides; this keeps buttons away that would be refused. */
export function useMay(permission: Permission): boolean {
  const { tenant } = useSession()
  if (tenant === null) return false
  const isReadOnly = tenant.status === 'suspended' && permission !== 'records.see' && permission !== 'members.see'
  return !isReadOnly && roleAllows(tenant.role, permission)
}

/** The company's way of writing money and time; sensible defaults until it is known. */
export function useTenantFormat() {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.tenant.settings.queryOptions(undefined, { staleTime: 300_000 }))
  return { locale: data?.locale ?? 'en-US', currency: data?.currency ?? 'USD', timeZone: data?.timeZone }
}
