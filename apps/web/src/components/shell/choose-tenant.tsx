'use client'

import type { SessionView } from '@tenantry/contracts/session'
import { roleLabels } from '../../format/labels.ts'
import Link from 'next/link'
import { Failure } from '../failure.tsx'
import { Banner } from '../ui/banner.tsx'
import { buttonLook } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Logo } from './logo.tsx'
import { TenantMark } from './tenant-mark.tsx'
import { useSwitchTenant } from './use-switch-tenant.ts'
import { UserMenu } from './user-menu.tsx'

/** In the place of every page until a company is chosen, or after the membership of the chosen one has ended. */
export function ChooseTenant({ session }: { session: SessionView }) {
  const change = useSwitchTenant()
  return (
    <main className="mx-auto grid max-w-md gap-6 p-6 pt-16">
      <div className="flex items-center justify-between">
        <Logo />
        <UserMenu user={session.user} isOperator={session.isOperator} />
      </div>
      {session.support === 'ended' && (
        <Banner
          tone="warn"
          title="Your support access is over"
          action={
            <Link href="/operator" className={buttonLook({ size: 'small' })}>
              Back to the console
            </Link>
          }
        />
      )}
      <h1 className="text-xl font-semibold">Where do you want to work?</h1>
      {change.error !== null && <Failure error={change.error} />}
      {session.tenants.length === 0 && (
        <EmptyState title="You are in no company">Ask somebody who manages members to add you.</EmptyState>
      )}
      <ul className="grid gap-2">
        {session.tenants.map((tenant) => (
          <li key={tenant.id}>
            <button
              type="button"
              disabled={change.isPending}
              onClick={() => change.mutate({ tenantId: tenant.id })}
              className="flex w-full items-center gap-3 rounded-lg border border-line bg-card p-3 text-left hover:border-field-line"
            >
              <TenantMark name={tenant.name} />
              <span>
                <span className="block font-medium">{tenant.name}</span>
                <span className="block text-xs text-muted">{roleLabels[tenant.role]}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </main>
  )
}
