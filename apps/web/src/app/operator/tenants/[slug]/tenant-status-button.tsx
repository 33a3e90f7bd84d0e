'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FleetTenantDetails } from '@tenantry/contracts/fleet'
import { useState } from 'react'
import { Failure } from '../../../../components/failure.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { ConfirmDialog } from '../../../../components/ui/confirm-dialog.tsx'
import { Field } from '../../../../components/ui/field.tsx'
import { Input } from '../../../../components/ui/input.tsx'
import { useAnnounce } from '../../../../components/ui/toast.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'

/** Suspends a tenant or lets it work again. Its name is typed by hand: a slip here stops a company. */
export function TenantStatusButton({ tenant }: { tenant: FleetTenantDetails }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const [isAsking, setAsking] = useState(false)
  const [typed, setTyped] = useState('')
  const isActive = tenant.status === 'active'
  const close = () => {
    setAsking(false)
    setTyped('')
  }
  const change = useMutation(
    trpc.operator.setStatus.mutationOptions({
      onSuccess: () => {
        close()
        announce({ title: isActive ? `${tenant.name} is suspended` : `${tenant.name} works again` })
      },
      // Half of it may have been done: a database that is away keeps nobody from being suspended.
      onSettled: () => queryClient.invalidateQueries(trpc.operator.pathFilter()),
    }),
  )
  if (tenant.status === 'archived') return null
  const { slug } = tenant
  return (
    <>
      <Button look={isActive ? 'danger' : 'primary'} onClick={() => setAsking(true)}>
        {isActive ? 'Suspend' : 'Resume'}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={isActive ? `Suspend ${tenant.name}?` : `Let ${tenant.name} work again?`}
          description={
            isActive
              ? 'Whatever is being saved there ends at once, and its database takes nothing more. Everybody there can still read.'
              : 'From their next request on, everybody there can work as before.'
          }
          confirmLabel={isActive ? 'Suspend' : 'Resume'}
          look={isActive ? 'danger' : 'primary'}
          isBusy={change.isPending || typed !== slug}
          onConfirm={() => change.mutate({ slug, status: isActive ? 'suspended' : 'active', confirmation: typed })}
          onCancel={close}
        >
          {change.error !== null && <Failure error={change.error} />}
          <Field label={`Type ${slug} to confirm`}>
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        </ConfirmDialog>
      )}
    </>
  )
}
