'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CustomFieldType, hasOptions, type CustomField, type CustomizedEntity } from '@tenantry/contracts/custom-fields'
import { line } from '@tenantry/contracts/scalars'
import { z } from 'zod'
import { Failure } from '../../../../components/failure.tsx'
import { CheckboxField } from '../../../../components/form/checkbox-field.tsx'
import { SelectField } from '../../../../components/form/select-field.tsx'
import { TextAreaField, TextField } from '../../../../components/form/text-field.tsx'
import { useRecordForm } from '../../../../components/form/use-record-form.ts'
import { Dialog, SubmitActions } from '../../../../components/ui/dialog.tsx'
import { useAnnounce } from '../../../../components/ui/toast.tsx'
import { optionsOf } from '../../../../format/labels.ts'
import { useTRPC } from '../../../../trpc/client.tsx'
import { keyOf, optionsFrom } from './field-keys.ts'
import { fieldTypeLabels } from './field-labels.ts'

/** Options are lines of text here; the contract's keys are made of them when the form is sent. */
const FieldForm = z
  .object({ label: line(80), type: CustomFieldType, options: z.string(), required: z.boolean() })
  .refine(({ type, options }) => !hasOptions(type) || options.trim() !== '', {
    message: 'Write an option in each line.',
    path: ['options'],
  })

/** Adds a field, or changes one; its kind stays once records hold values of it. */
export function FieldDialog(props: { entity: CustomizedEntity; field?: CustomField; onClose: () => void }) {
  const { entity, field, onClose } = props
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const done = {
    onSuccess: async (saved: { label: string }) => {
      announce({ title: `Saved ${saved.label}` })
      onClose()
      await queryClient.invalidateQueries(trpc.customFields.pathFilter())
    },
  }
  const create = useMutation(trpc.customFields.create.mutationOptions(done))
  const patch = useMutation(trpc.customFields.patch.mutationOptions(done))
  const error = create.error ?? patch.error
  const form = useRecordForm(
    FieldForm,
    {
      label: field?.label ?? '',
      type: field?.type ?? 'text',
      options: (field?.options ?? []).map(({ label }) => label).join('\n'),
      required: field?.required ?? false,
    },
    error,
  )
  const { control } = form
  const save = ({ label, type, options, required }: z.output<typeof FieldForm>) => {
    const offered = hasOptions(type) ? optionsFrom(options, field?.options ?? []) : []
    if (field === undefined) create.mutate({ entity, key: keyOf(label), label, type, options: offered, required })
    else patch.mutate({ id: field.id, version: field.version, patch: { label, options: offered, required } })
  }
  return (
    <Dialog title={field === undefined ? 'Add a field' : `Edit ${field.label}`} onClose={onClose}>
      <form noValidate className="grid gap-4" onSubmit={form.handleSubmit(save)}>
        {error !== null && <Failure error={error} />}
        <TextField control={control} name="label" label="Name" autoComplete="off" isRequired />
        {field === undefined && (
          <SelectField control={control} name="type" label="Kind" options={optionsOf(fieldTypeLabels)} />
        )}
        {hasOptions(form.watch('type')) && (
          <TextAreaField
            control={control}
            name="options"
            label="Options"
            hint="One in each line."
            rows={5}
            isRequired
          />
        )}
        <CheckboxField
          control={control}
          name="required"
          label="Required"
          hint="Asked for whenever a record is added. Records that are there already stay as they are."
        />
        <SubmitActions
          label="Save"
          busyLabel="Saving…"
          isBusy={create.isPending || patch.isPending}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  )
}
