'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { QuoteWithdrawal, type QuoteListed } from '@tenantry/contracts/quotes'
import { Failure } from '../../../../components/failure.tsx'
import { TextField } from '../../../../components/form/text-field.tsx'
import { useRecordForm } from '../../../../components/form/use-record-form.ts'
import { Dialog, SubmitActions } from '../../../../components/ui/dialog.tsx'
import { useAnnounce } from '../../../../components/ui/toast.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'

/** Asks why an acceptance is taken back. */
export function WithdrawDialog({ quote, onClose }: { quote: QuoteListed; onClose: () => void }) {
  const { id, version, number } = quote
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const withdraw = useMutation(
    trpc.quotes.withdraw.mutationOptions({
      onSuccess: () => {
        announce({ title: `The acceptance of ${number} was withdrawn` })
        onClose()
      },
      onSettled: () =>
        Promise.all(
          [trpc.quotes.pathFilter(), trpc.contracts.pathFilter(), trpc.opportunities.pathFilter()].map((filter) =>
            queryClient.invalidateQueries(filter),
          ),
        ),
    }),
  )
  const form = useRecordForm(QuoteWithdrawal, { id, version, reason: '' }, withdraw.error)
  return (
    <Dialog
      title={`Withdraw the acceptance of ${number}?`}
      description="Its contract becomes void, the opportunity is open again, and what was booked is held. The customer sees that it was withdrawn, and not why. A revision of the quote is the way on."
      onClose={onClose}
    >
      <form noValidate className="grid gap-4" onSubmit={form.handleSubmit((input) => withdraw.mutate(input))}>
        {withdraw.error !== null && <Failure error={withdraw.error} />}
        <TextField control={form.control} name="reason" label="Reason" autoComplete="off" isRequired />
        <SubmitActions label="Withdraw" busyLabel="Withdrawing…" isBusy={withdraw.isPending} onCancel={onClose} />
      </form>
    </Dialog>
  )
}
