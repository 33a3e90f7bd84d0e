'use client'

import { TenantId } from '@tenantry/contracts/ids'
import type { SessionView } from '@tenantry/contracts/session'
import { ChevronsUpDown } from 'lucide-react'
import { Failure } from '../failure.tsx'
import { roleLabels } from '../../format/labels.ts'
import { Menu, MenuChoices } from '../ui/menu.tsx'
import { TenantMark } from './tenant-mark.tsx'
import { useSwitchTenant } from './use-switch-tenant.ts'

/** Shows where one works, and changes it. */
export function TenantSwitcher({ session }: { session: SessionView }) {
  const change = useSwitchTenant()
  const { tenant, tenants } = session
  if (tenant === null) return null
  return (
    <div className="min-w-0 md:grid md:gap-2">
      <Menu
        align="start"
        trigger={
          <button
            type="button"
            disabled={change.isPending}
            aria-label={`Company: ${tenant.name}`}
            className="flex w-full min-w-0 items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-sunken data-popup-open:bg-sunken"
          >
            <TenantMark name={tenant.name} />
            <span className="min-w-0 flex-1">
              <span className="block truncate leading-tight font-semibold">{tenant.name}</span>
              <span className="block truncate text-xs leading-tight text-muted">
                {session.support === null ? roleLabels[tenant.role] : 'Support access'}
              </span>
            </span>
            <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
          </button>
        }
      >
        <MenuChoices
          label="Work in"
          value={tenant.id}
          choices={tenants.map((one) => ({
            value: one.id,
            label: (
              <span className="grid">
                {one.name}
                <span className="text-xs text-muted">
                  {roleLabels[one.role]}
                  {one.status === 'suspended' && ', suspended'}
                </span>
              </span>
            ),
          }))}
          onChange={(id) => change.mutate({ tenantId: TenantId.parse(id) })}
        />
      </Menu>
      {change.error !== null && <Failure error={change.error} />}
    </div>
  )
}
