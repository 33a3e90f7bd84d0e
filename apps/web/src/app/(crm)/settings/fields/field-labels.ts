import type { CustomFieldType, CustomizedEntity } from '@tenantry/contracts/custom-fields'

/** The records whose pages show custom fields. */
export const customizedLabels: readonly [CustomizedEntity, string][] = [
  ['account', 'Accounts'],
  ['contact', 'Contacts'],
  ['opportunity', 'Opportunities'],
]

export const fieldTypeLabels: Record<CustomFieldType, string> = {
  text: 'Text',
  long_text: 'Long text',
  number: 'Whole number',
  decimal: 'Number with decimals',
  date: 'Date',
  checkbox: 'Checkbox',
  select: 'One of several options',
  multi_select: 'Any of several options',
  url: 'Web address',
  email: 'E-mail address',
}
