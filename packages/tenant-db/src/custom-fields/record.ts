import type { LeasedDrizzle } from '@tenantry/connections/database'
import type { CustomField } from '@tenantry/contracts/custom-fields'
import { settingEnvelopeOf } from '../records/record-table.ts'
import { tableRecord } from '../records/table-record.ts'
import { customFields } from './table.ts'

export const customFieldRecord = tableRecord<CustomField>({
  entity: 'custom_field',
  table: customFields,
  fields: ['entity', 'key', 'label', 'type', 'options', 'required', 'position'],
  select: selectCustomFields,
  refusals: {},
})

/** Definitions as the contract shows them, up to WHERE. */
export function selectCustomFields(db: LeasedDrizzle) {
  return db.select(columns).from(customFields)
}

const columns = {
  id: customFields.id,
  entity: customFields.entity,
  key: customFields.key,
  label: customFields.label,
  type: customFields.type,
  options: customFields.options,
  required: customFields.required,
  position: customFields.position,
  ...settingEnvelopeOf(customFields),
}
