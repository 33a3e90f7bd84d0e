'use client'

import type { CustomField, CustomizedEntity } from '@tenantry/contracts/custom-fields'
import { customFieldName } from '@tenantry/contracts/custom-values'
import { useController, type Control, type FieldPath, type FieldValues } from 'react-hook-form'
import { Combobox } from '../ui/combobox.tsx'
import { Field, type FieldControl } from '../ui/field.tsx'
import { FormSection } from '../form/form-section.tsx'
import { Checkbox, Input, TextArea } from '../ui/input.tsx'
import { MultiSelect } from '../ui/select.tsx'
import { useCustomFields } from './use-custom-fields.ts'

/** The company's own fields of a record, in its form. Nothing where there are none. */
export function CustomFieldsSection<Values extends FieldValues, Output>(props: {
  control: Control<Values, unknown, Output>
  entity: CustomizedEntity
}) {
  const fields = useCustomFields(props.entity).filter(({ archivedAt }) => archivedAt === null)
  if (fields.length === 0) return null
  return (
    <FormSection title="Custom fields">
      {fields.map((field) => (
        <BoundCustomField key={field.id} control={props.control} definition={field} />
      ))}
    </FormSection>
  )
}

/** A value of its type, or null where nothing is filled in. */
function BoundCustomField<Values extends FieldValues, Output>(props: {
  control: Control<Values, unknown, Output>
  definition: CustomField
}) {
  const { definition, control } = props
  const name = pathOf<Values>(definition.key)
  const { field, fieldState } = useController({ control, name, defaultValue: null as never })
  const { ref, value, onChange, onBlur } = field
  const { label, required, type } = definition
  const error = fieldState.error?.message
  if (type === 'checkbox') {
    return (
      <div className="grid gap-1.5 sm:col-span-2">
        <label className="flex items-start gap-2.5">
          <Checkbox
            className="mt-0.5"
            name={name}
            ref={ref}
            checked={value === true}
            onChange={(event) => onChange(event.target.checked)}
            onBlur={onBlur}
          />
          <span className="font-medium">{label}</span>
        </label>
        {error !== undefined && <p className="text-[13px] text-bad">{error}</p>}
      </div>
    )
  }
  return (
    <Field label={label} isRequired={required} isWide={type === 'long_text' || type === 'url'} error={error}>
      {(attributes) => (
        <Control attributes={attributes} definition={definition} value={value} onChange={onChange} onBlur={onBlur} />
      )}
    </Field>
  )
}

interface ControlProps {
  attributes: FieldControl
  definition: CustomField
  value: unknown
  onChange: (value: unknown) => void
  onBlur: () => void
}

const inputTypes = { text: 'text', date: 'date', url: 'url', email: 'email' } as const

function Control({ attributes, definition, value, onChange, onBlur }: ControlProps) {
  const { type, options } = definition
  const offered = options.map((option) => ({ value: option.key, label: option.label }))
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  switch (type) {
    case 'checkbox':
      return null
    case 'select':
      return (
        <Combobox
          {...attributes}
          items={offered}
          value={offered.find((option) => option.value === value) ?? null}
          onChange={(item) => onChange(item?.value ?? null)}
          onBlur={onBlur}
        />
      )
    case 'multi_select':
      return (
        <MultiSelect
          {...attributes}
          options={offered}
          placeholder="None"
          value={Array.isArray(value) ? value.filter((key) => typeof key === 'string') : []}
          onChange={(keys) => onChange(keys.length === 0 ? null : keys)}
        />
      )
    case 'long_text':
      return (
        <TextArea
          {...attributes}
          rows={4}
          value={text}
          onBlur={onBlur}
          onChange={(event) => onChange(event.target.value || null)}
        />
      )
    case 'number':
    case 'decimal':
      return (
        <Input
          {...attributes}
          type="number"
          inputMode={type === 'number' ? 'numeric' : 'decimal'}
          step={type === 'number' ? 1 : 'any'}
          value={text}
          onBlur={onBlur}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.valueAsNumber)}
        />
      )
    case 'text':
    case 'date':
    case 'url':
    case 'email':
      return (
        <Input
          {...attributes}
          type={inputTypes[type]}
          autoComplete="off"
          placeholder={type === 'url' ? 'https://' : undefined}
          value={text}
          onBlur={onBlur}
          onChange={(event) => onChange(event.target.value || null)}
        />
      )
  }
}

/** Every form of a record that has custom fields holds them under `custom`, which the type of its values cannot say by key. */
function pathOf<Values extends FieldValues>(key: string): FieldPath<Values> {
  return customFieldName(key) as FieldPath<Values>
}
