'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { MemberInput } from '@tenantry/contracts/tenants'
import { Failure } from '../../../../components/failure.tsx'
import { SelectField } from '../../../../components/form/select-field.tsx'
import { TextField } from '../../../../components/form/text-field.tsx'
import { useRecordForm } from '../../../../components/form/use-record-form.ts'
import { Dialog, SubmitActions } from '../../../../components/ui/dialog.tsx'
import { useAnnounce } from '../../../../components/ui/toast.tsx'
import { optionsOf, roleLabels } from '../../../../format/labels.ts'
import { useTRPC } from '../../../../trpc/client.tsx'

/** Adds a person by e-mail address; somebody new to Tenantry gets a first password to sign in with. */
export function AddMemberDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const add = useMutation(
    trpc.members.add.mutationOptions({
      onSuccess: async (member) => {
        announce({ title: `Added ${member.name}` })
        onClose()
        await Promise.all([
          queryClient.invalidateQueries(trpc.members.pathFilter()),
          queryClient.invalidateQueries(trpc.people.pathFilter()),
        ])
      },
    }),
  )
  const form = useRecordForm(MemberInput, { email: '', name: '', role: 'member', password: '' }, add.error)
  const { control } = form
  return (
    <Dialog title="Add a member" description="They can sign in as soon as they are added." onClose={onClose}>
      <form noValidate className="grid gap-4" onSubmit={form.handleSubmit((input) => add.mutate(input))}>
        {add.error !== null && <Failure error={add.error} />}
        <TextField control={control} name="email" label="E-mail" type="email" autoComplete="off" isRequired />
        <TextField control={control} name="name" label="Name" autoComplete="off" isRequired />
        <SelectField
          control={control}
          name="role"
          label="Role"
          options={optionsOf(roleLabels).filter(({ value }) => value !== 'owner')}
        />
        <TextField
          control={control}
          name="password"
          label="First password"
          type="password"
          autoComplete="new-password"
          hint="At least 12 characters. Leave it empty for somebody who can sign in already."
        />
        <SubmitActions label="Add member" busyLabel="Adding…" isBusy={add.isPending} onCancel={onClose} />
      </form>
    </Dialog>
  )
}
