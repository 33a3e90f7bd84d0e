'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FleetTenantDetails } from '@tenantry/contracts/fleet'
import { LifeBuoy } from 'lucide-react'
import { useState } from 'react'
import { Failure } from '../../../../components/failure.tsx'
import { consoleInstant } from '../../../../components/operator/console-ago.tsx'
import { SupportList } from '../../../../components/support/support-list.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { Card } from '../../../../components/ui/card.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'
import { OpenSupportDialog } from './open-support-dialog.tsx'

/** Reading in the company's CRM: why, until when, and who did before. The company sees the same list. */
export function TenantSupport({ tenant }: { tenant: FleetTenantDetails }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [isOpening, setOpening] = useState(false)
  const enter = useMutation(
    // A fresh page: nothing of the console stays in the memory of a page that shows the company.
    trpc.operator.enterSupport.mutationOptions({ onSuccess: () => window.location.assign('/accounts') }),
  )
  const end = useMutation(
    trpc.operator.endSupport.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.operator.pathFilter()),
    }),
  )
  const error = enter.error ?? end.error
  const mayOpen = tenant.hasSupportLogin && tenant.status !== 'archived'
  return (
    <Card
      title="Support access"
      className="p-0"
      action={
        mayOpen && (
          <Button size="small" onClick={() => setOpening(true)}>
            <LifeBuoy aria-hidden className="size-4" />
            Open access
          </Button>
        )
      }
    >
      {error !== null && (
        <div className="p-4 pb-0">
          <Failure error={error} />
        </div>
      )}
      {!tenant.hasSupportLogin && (
        <p className="border-b border-line px-4 py-3 text-muted">
          This tenant has no login that can only read, so nobody can look into it from here. Make one with{' '}
          <code className="font-mono text-[13px]">tenantry tenant support-login {tenant.slug}</code>.
        </p>
      )}
      <SupportList
        rows={tenant.support}
        format={consoleInstant}
        whenNone="No operator has ever looked into this company."
        actions={(row) => (
          <>
            {row.isMine && (
              <Button
                size="small"
                look="primary"
                disabled={enter.isPending}
                onClick={() => enter.mutate({ id: row.id })}
              >
                Enter
              </Button>
            )}
            <Button size="small" disabled={end.isPending} onClick={() => end.mutate({ id: row.id })}>
              End
            </Button>
          </>
        )}
      />
      {isOpening && <OpenSupportDialog tenant={tenant} onClose={() => setOpening(false)} />}
    </Card>
  )
}
