import { CustomizedEntity } from '@tenantry/contracts/custom-fields'
import { customFieldName } from '@tenantry/contracts/custom-values'
import type { ViewedEntity } from '@tenantry/contracts/viewed-lists'
import { isTenantryError } from '@tenantry/errors'
import type { Read } from './list-rows.ts'

/** A column for each custom field of a list that is in use; none in a database that does not know custom fields yet. */
export async function customColumnsOf(read: Read, list: ViewedEntity): Promise<string[]> {
  const entity = CustomizedEntity.safeParse(list)
  if (!entity.success) return []
  try {
    const fields = await read((db) => db.customFields.list({ entity: entity.data, show: 'active' }))
    return fields.map(({ key }) => customFieldName(key))
  } catch (error) {
    if (isTenantryError(error, 'TENANT_SCHEMA_BEHIND')) return []
    throw error
  }
}
