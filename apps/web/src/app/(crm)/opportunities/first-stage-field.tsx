'use client'

import { useController, type Control, type FieldPath, type FieldValues } from 'react-hook-form'
import { Field } from '../../../components/ui/field.tsx'
import { Select } from '../../../components/ui/select.tsx'
import { usePipelines } from './use-pipelines.ts'

/** Where a new opportunity begins: an open stage of any pipeline, the first of the default one when none is chosen. */
export function FirstStageField<Values extends FieldValues, Output>(props: {
  control: Control<Values, unknown, Output>
  name: FieldPath<Values>
}) {
  const { field, fieldState } = useController({ control: props.control, name: props.name })
  const pipelines = usePipelines()
  const options = pipelines.flatMap((pipeline) =>
    pipeline.stages
      .filter((stage) => stage.kind === 'open' && stage.isActive)
      .map((stage) => ({
        value: stage.id,
        label: pipelines.length > 1 ? `${pipeline.name}: ${stage.name}` : stage.name,
      })),
  )
  const first = pipelines.find((one) => one.isDefault)?.stages.find((stage) => stage.kind === 'open' && stage.isActive)
  const chosen = options.find((option) => option.value === field.value)?.value ?? first?.id ?? null
  return (
    <Field label="Stage" error={fieldState.error?.message}>
      {(attributes) => (
        <Select {...attributes} options={options} value={chosen} onChange={field.onChange} onBlur={field.onBlur} />
      )}
    </Field>
  )
}
