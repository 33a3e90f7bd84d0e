'use client'

import { useMutation } from '@tanstack/react-query'
import { CalendarFeedInput } from '@tenantry/contracts/calendar-feeds'
import { Failure } from '../../../../components/failure.tsx'
import { SelectField } from '../../../../components/form/select-field.tsx'
import { TextField } from '../../../../components/form/text-field.tsx'
import { useRecordForm } from '../../../../components/form/use-record-form.ts'
import { useMay } from '../../../../components/shell/use-session.ts'
import { Dialog, SubmitActions } from '../../../../components/ui/dialog.tsx'
import { useHandedOn } from '../../../../components/use-handed-on.ts'
import { optionsOf } from '../../../../format/labels.ts'
import { useTRPC } from '../../../../trpc/client.tsx'
import { feedScopeLabels } from './feed-labels.ts'

export function AddFeedDialog(props: { onCreated: (path: string) => void; onClose: () => void }) {
  const trpc = useTRPC()
  const mayManage = useMay('tenant.manage')
  const handedOn = useHandedOn(trpc.calendarFeeds.pathFilter(), (made: { path: string }) => props.onCreated(made.path))
  const create = useMutation(trpc.calendarFeeds.create.mutationOptions(handedOn))
  const form = useRecordForm(CalendarFeedInput, { name: '', scope: 'own' }, create.error)
  const { control } = form
  return (
    <Dialog title="Add a calendar" onClose={props.onClose}>
      <form noValidate className="grid gap-4" onSubmit={form.handleSubmit((input) => create.mutate(input))}>
        {create.error !== null && <Failure error={create.error} />}
        <TextField
          control={control}
          name="name"
          label="Name"
          hint="Of the device or the program, such as «My phone»."
          autoComplete="off"
          isRequired
        />
        {mayManage && <SelectField control={control} name="scope" label="Shows" options={optionsOf(feedScopeLabels)} />}
        <SubmitActions label="Add calendar" busyLabel="Adding…" isBusy={create.isPending} onCancel={props.onClose} />
      </form>
    </Dialog>
  )
}
