'use client'

import { useMutation } from '@tanstack/react-query'
import type { FleetTenantDetails } from '@tenantry/contracts/fleet'
import { SupportInput, maxSupportMinutes } from '@tenantry/contracts/support'
import { Failure } from '../../../../components/failure.tsx'
import { NumberField, TextField } from '../../../../components/form/text-field.tsx'
import { useRecordForm } from '../../../../components/form/use-record-form.ts'
import { Dialog, SubmitActions } from '../../../../components/ui/dialog.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'

/** Asks why and for how long, and goes into the company's CRM. */
export function OpenSupportDialog({ tenant, onClose }: { tenant: FleetTenantDetails; onClose: () => void }) {
  const trpc = useTRPC()
  const open = useMutation(
    trpc.operator.openSupport.mutationOptions({ onSuccess: () => window.location.assign('/accounts') }),
  )
  const form = useRecordForm(SupportInput, { slug: tenant.slug, reason: '', minutes: 30 }, open.error)
  const { control } = form
  return (
    <Dialog
      title={`Look into ${tenant.name}`}
      description="You can read and change nothing. The company sees your name, the reason and the time, and may end it."
      onClose={onClose}
    >
      <form noValidate className="grid gap-4" onSubmit={form.handleSubmit((input) => open.mutate(input))}>
        {open.error !== null && <Failure error={open.error} />}
        <TextField
          control={control}
          name="reason"
          label="Reason"
          autoComplete="off"
          hint="For example: ticket 4711, totals of a quote differ."
          isRequired
        />
        <NumberField
          control={control}
          name="minutes"
          label="Minutes"
          min={1}
          max={maxSupportMinutes}
          hint={`It ends by itself, after ${maxSupportMinutes} minutes at the latest.`}
          isRequired
        />
        <SubmitActions
          label="Open and enter"
          busyLabel="Opening…"
          isBusy={open.isPending || open.isSuccess}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  )
}
