'use client'

import { useController, type FieldValues } from 'react-hook-form'
import { Combobox, type ComboboxItem } from '../ui/combobox.tsx'
import { Field } from '../ui/field.tsx'
import { Select, type Option } from '../ui/select.tsx'
import type { BoundField } from './text-field.tsx'

/** One of a few values of a form. */
export function SelectField<Values extends FieldValues, Output>(
  props: BoundField<Values, Output> & { options: readonly Option<string>[]; placeholder?: string },
) {
  const { control, name, options, placeholder, ...look } = props
  const { field, fieldState } = useController({ control, name })
  const current = options.find((option) => option.value === field.value)
  return (
    <Field {...look} error={fieldState.error?.message}>
      {(attributes) => (
        <Select
          {...attributes}
          options={options}
          placeholder={placeholder}
          value={current?.value ?? null}
          onChange={field.onChange}
          onBlur={field.onBlur}
        />
      )}
    </Field>
  )
}

/** One of many values of a form, found by typing; it can be left empty. */
export function ComboboxField<Values extends FieldValues, Output>(
  props: BoundField<Values, Output> & { items: readonly ComboboxItem[]; placeholder?: string },
) {
  const { control, name, items, placeholder, ...look } = props
  const { field, fieldState } = useController({ control, name })
  return (
    <Field {...look} error={fieldState.error?.message}>
      {(attributes) => (
        <Combobox
          {...attributes}
          items={items}
          placeholder={placeholder}
          value={itemOf(items, field.value)}
          onChange={(item) => field.onChange(item?.value ?? null)}
          onBlur={field.onBlur}
        />
      )}
    </Field>
  )
}

/** A stored value that the list does not know is still shown as it is. */
function itemOf(items: readonly ComboboxItem[], value: unknown): ComboboxItem | null {
  if (typeof value !== 'string' || value === '') return null
  return items.find((item) => item.value === value) ?? { value, label: value }
}
