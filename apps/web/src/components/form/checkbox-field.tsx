'use client'

import { useController, type FieldValues } from 'react-hook-form'
import { Checkbox } from '../ui/input.tsx'
import type { BoundField } from './text-field.tsx'

export function CheckboxField<Values extends FieldValues, Output>({
  control,
  name,
  label,
  hint,
}: BoundField<Values, Output>) {
  const { ref, value, onChange, onBlur, ...field } = useController({ control, name }).field
  return (
    <label className="flex items-start gap-2.5 sm:col-span-2">
      <Checkbox
        className="mt-0.5"
        name={field.name}
        ref={ref}
        checked={value === true}
        onChange={(event) => onChange(event.target.checked)}
        onBlur={onBlur}
      />
      <span className="grid">
        <span className="font-medium">{label}</span>
        {hint !== undefined && <span className="text-[13px] text-muted">{hint}</span>}
      </span>
    </label>
  )
}
