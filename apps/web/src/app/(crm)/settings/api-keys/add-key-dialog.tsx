'use client'

import { useMutation } from '@tanstack/react-query'
import { ApiKeyInput, ApiKeyRole } from '@tenantry/contracts/api-keys'
import { z } from 'zod'
import { Failure } from '../../../../components/failure.tsx'
import { SelectField } from '../../../../components/form/select-field.tsx'
import { TextField } from '../../../../components/form/text-field.tsx'
import { useRecordForm } from '../../../../components/form/use-record-form.ts'
import { Dialog, SubmitActions } from '../../../../components/ui/dialog.tsx'
import { useHandedOn } from '../../../../components/use-handed-on.ts'
import { optionsOf, roleLabels } from '../../../../format/labels.ts'
import { useTRPC } from '../../../../trpc/client.tsx'

const periods = { 30: '30 days', 90: '90 days', 365: 'A year', 1095: 'Three years', never: 'Until it is revoked' }

/** The contract's input, with a choice of days in the place of a number. */
const KeyForm = ApiKeyInput.extend({
  validDays: z.enum(Object.keys(periods)).transform((days) => (days === 'never' ? null : Number(days))),
})

export function AddKeyDialog(props: { onCreated: (secret: string) => void; onClose: () => void }) {
  const trpc = useTRPC()
  const handedOn = useHandedOn(trpc.apiKeys.pathFilter(), (made: { secret: string }) => props.onCreated(made.secret))
  const create = useMutation(trpc.apiKeys.create.mutationOptions(handedOn))
  const form = useRecordForm(KeyForm, { name: '', role: 'read_only', validDays: '365' }, create.error)
  const { control } = form
  return (
    <Dialog
      title="Create a key"
      description="Whatever its role, a key manages neither members nor the company."
      onClose={props.onClose}
    >
      <form noValidate className="grid gap-4" onSubmit={form.handleSubmit((input) => create.mutate(input))}>
        {create.error !== null && <Failure error={create.error} />}
        <TextField
          control={control}
          name="name"
          label="Name"
          hint="Of the program that gets it."
          autoComplete="off"
          isRequired
        />
        <SelectField
          control={control}
          name="role"
          label="Role"
          options={optionsOf(roleLabels).filter(({ value }) => ApiKeyRole.safeParse(value).success)}
        />
        <SelectField control={control} name="validDays" label="Valid for" options={optionsOf(periods)} />
        <SubmitActions label="Create key" busyLabel="Creating…" isBusy={create.isPending} onCancel={props.onClose} />
      </form>
    </Dialog>
  )
}
