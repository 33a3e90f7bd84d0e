'use client'

import type { ComponentProps } from 'react'
import { useController, type Control, type FieldPath, type FieldValues } from 'react-hook-form'
import { Field, type FieldProps } from '../ui/field.tsx'
import { Input, TextArea } from '../ui/input.tsx'

export interface BoundField<Values extends FieldValues, Output> extends Omit<FieldProps, 'error'> {
  control: Control<Values, unknown, Output>
  name: FieldPath<Values>
}

/** A line of text of a form. */
export function TextField<Values extends FieldValues, Output>(
  props: BoundField<Values, Output> &
    Pick<ComponentProps<'input'>, 'type' | 'autoComplete' | 'inputMode' | 'placeholder' | 'min' | 'max'>,
) {
  const { control, name, label, hint, isRequired, isWide, ...input } = props
  const { field, fieldState } = useController({ control, name })
  return (
    <Field label={label} hint={hint} isRequired={isRequired} isWide={isWide} error={fieldState.error?.message}>
      {(attributes) => <Input {...attributes} {...input} {...field} value={fieldText(field.value)} />}
    </Field>
  )
}

/** Several lines of text of a form. */
export function TextAreaField<Values extends FieldValues, Output>(
  props: BoundField<Values, Output> & { rows?: number },
) {
  const { control, name, rows, ...look } = props
  const { field, fieldState } = useController({ control, name })
  return (
    <Field {...look} isWide error={fieldState.error?.message}>
      {(attributes) => <TextArea {...attributes} {...field} rows={rows} value={fieldText(field.value)} />}
    </Field>
  )
}

/** A whole number of a form; an empty field is `''`. */
export function NumberField<Values extends FieldValues, Output>(
  props: BoundField<Values, Output> & Pick<ComponentProps<'input'>, 'min' | 'max' | 'placeholder'>,
) {
  const { control, name, min, max, placeholder, ...look } = props
  const { field, fieldState } = useController({ control, name })
  return (
    <Field {...look} error={fieldState.error?.message}>
      {(attributes) => (
        <Input
          {...attributes}
          {...field}
          type="number"
          inputMode="numeric"
          min={min}
          max={max}
          placeholder={placeholder}
          value={fieldText(field.value)}
          onChange={(event) => field.onChange(event.target.value === '' ? '' : event.target.valueAsNumber)}
        />
      )}
    </Field>
  )
}

/** What a field shows of a value: forms hold null where nothing was filled in. */
function fieldText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
