import { CustomFieldType, CustomizedEntity, type CustomFieldOption } from '@tenantry/contracts/custom-fields'
import { sql } from 'drizzle-orm'
import { boolean, check, integer, jsonb, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { notBlank, oneOf } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordEnvelope, recordKey, recordRules } from '../envelope.ts'
import { word } from '../word.ts'

/**
 * The fields that a company has added to its records, whose values stand in the column `custom` of these. A trigger asks new
 * records for those that are required, where their writer wants to be asked.
 */
export const customFields = crm.table(
  'custom_fields',
  {
    ...recordKey(),
    entity: word('entity', CustomizedEntity.options).notNull(),
    key: text('key').notNull(),
    label: text('label').notNull(),
    type: word('type', CustomFieldType.options).notNull(),
    options: jsonb('options').$type<CustomFieldOption[]>().notNull(),
    required: boolean('required').notNull().default(false),
    position: integer('position').notNull().default(0),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('custom_fields', t),
    oneOf(t.entity, CustomizedEntity.options),
    oneOf(t.type, CustomFieldType.options),
    notBlank(t.label),
    check('custom_fields_key_check', sql`key ~ '^[a-z][a-z0-9_]{0,49}$'`),
    check('custom_fields_options_check', sql`jsonb_typeof(options) = 'array'`),
    // Also of archived ones: their values are still there, and another type would misread them.
    uniqueIndex('custom_fields_once').on(t.tenantId, t.entity, t.key),
  ],
)
