'use client'

import type { CustomField, CustomizedEntity } from '@tenantry/contracts/custom-fields'
import type { CustomFilter, CustomSought } from '@tenantry/contracts/custom-values'
import { RangeFilter } from '../list/range-filter.tsx'
import { TextFilter } from '../list/text-filter.tsx'
import { Field } from '../ui/field.tsx'
import { MultiSelect, Select } from '../ui/select.tsx'
import { chosenIn, rangeIn, textIn, withSought } from './sought-values.ts'
import { useCustomFields } from './use-custom-fields.ts'

interface CustomFiltersProps {
  entity: CustomizedEntity
  value: CustomFilter | null
  onChange: (filter: CustomFilter | null) => void
}

/** The company's own fields among the filters of a list. Nothing where there are none. */
export function CustomFilters({ entity, value, onChange }: CustomFiltersProps) {
  const fields = useCustomFields(entity).filter(({ archivedAt }) => archivedAt === null)
  return fields.map((field) => (
    <CustomFilterControl
      key={field.id}
      field={field}
      sought={value?.[field.key]}
      onChange={(sought) => onChange(withSought(value, field.key, sought))}
    />
  ))
}

function CustomFilterControl(props: {
  field: CustomField
  sought: CustomSought | undefined
  onChange: (sought: CustomSought | undefined) => void
}) {
  const { field, sought, onChange } = props
  const { label, type, options } = field
  switch (type) {
    case 'text':
    case 'long_text':
    case 'url':
    case 'email':
      return (
        <TextFilter
          key={textIn(sought)}
          label={label}
          value={textIn(sought)}
          onChange={(contains) => onChange(contains === null ? undefined : { contains: contains.slice(0, 200) })}
        />
      )
    case 'number':
    case 'decimal':
      return <RangeFilter label={label} type="number" value={rangeIn(sought)} onChange={onChange} />
    case 'date':
      return <RangeFilter label={label} type="date" value={rangeIn(sought)} onChange={onChange} />
    case 'checkbox':
      return (
        <Field label={label}>
          {({ id }) => (
            <Select
              id={id}
              options={answers}
              value={typeof sought === 'boolean' ? (sought ? 'yes' : 'no') : 'any'}
              onChange={(answer) => onChange(answer === 'any' ? undefined : answer === 'yes')}
            />
          )}
        </Field>
      )
    case 'select':
    case 'multi_select':
      return (
        <Field label={label}>
          {({ id }) => (
            <MultiSelect
              id={id}
              placeholder="Any"
              options={options.map((option) => ({ value: option.key, label: option.label }))}
              value={chosenIn(sought)}
              onChange={(keys) => onChange(keys.length === 0 ? undefined : keys)}
            />
          )}
        </Field>
      )
  }
}

const answers = [
  { value: 'any', label: 'Any' },
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
] as const
