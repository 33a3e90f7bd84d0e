import type { CustomValues } from '@tenantry/contracts/custom-values'
import { customFieldName, customKeyOf } from '@tenantry/contracts/custom-values'
import type { Fields } from './diff.ts'

/**
 * Fields with each custom field as one of its own, `custom.<key>`: so they are compared, remembered, undone and told of in
 * conflicts. Fields that have none stay as they are.
 */
export function withCustomApart(fields: Fields): Fields {
  const { custom, ...own } = fields
  if (custom === undefined) return fields
  for (const [key, value] of Object.entries(custom as Fields)) own[customFieldName(key)] = value
  return own
}

/** The other way round: such fields as they are written, those of custom fields laid over what the record has there. */
export function withCustomTogether(fields: Fields, before: CustomValues = {}): Fields {
  const own: Fields = {}
  let custom: Fields | undefined
  for (const [field, value] of Object.entries(fields)) {
    const key = customKeyOf(field)
    if (key === undefined) own[field] = value
    else {
      custom ??= { ...before }
      if (value === null) delete custom[key]
      else custom[key] = value
    }
  }
  return custom === undefined ? own : { ...own, custom }
}

/** What a record takes over from another one in custom fields: the values that it lacks. */
export function customThatLacks(left: Fields, gone: Fields): Fields {
  const lacking = Object.entries(gone).filter(
    ([field]) => customKeyOf(field) !== undefined && (left[field] ?? null) === null,
  )
  return Object.fromEntries(lacking)
}
