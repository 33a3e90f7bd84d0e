'use client'

import { useMutation } from '@tanstack/react-query'
import { TenantId } from '@tenantry/contracts/ids'
import { useTRPC } from '../../trpc/client.tsx'
import { Select } from '../ui/input.tsx'
import { useSession } from './use-session.ts'

/** A switch loads a fresh page, so that nothing of the company before stays in memory. */
export function TenantSwitcher() {
  const { tenant, tenants } = useSession()
  const trpc = useTRPC()
  const change = useMutation(
    trpc.session.switchTenant.mutationOptions({ onSuccess: () => window.location.assign('/accounts') }),
  )
  return (
    <Select
      aria-label="Company"
      className="font-medium"
      value={tenant?.id ?? ''}
      disabled={change.isPending}
      onChange={(event) => change.mutate({ tenantId: TenantId.parse(event.target.value) })}
    >
      {tenant === null && <option value="">Choose a company</option>}
      {tenants.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </Select>
  )
}
