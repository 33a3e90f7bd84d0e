import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { parseCustom, type CustomField } from '@tenantry/contracts/custom-fields'
import { customFieldName, type CustomInput } from '@tenantry/contracts/custom-values'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import type { Fields } from '../records/diff.ts'
import { customFields } from './table.ts'

/**
 * The values of an input, as records hold them. No definition changes before the transaction ends, so what is written still
 * fits then. Throws BAD_INPUT, with `custom.<key>` for each field that the definitions refuse.
 */
export async function checkedCustom(executor: Executor, entity: string, input: CustomInput): Promise<Fields> {
  return (await customChecker(executor, entity))(input)
}

/** The same for any number of inputs, with one look at the definitions. */
export async function customChecker(executor: Executor, entity: string): Promise<(input: CustomInput) => Fields> {
  const definitions = await executor.run(definitionsOf, { entity })
  return (input) => {
    const { values, refused } = parseCustom(definitions, input)
    if (Object.keys(refused).length > 0) throw refusedFields(refused)
    return values
  }
}

/** A refusal by the trigger that asks new records for required fields: BAD_INPUT that names it. Any other failure stays as it is. */
export function explainMissing(error: unknown): unknown {
  const column = isTenantryError(error, 'RULE_VIOLATED') ? error.detail?.['column'] : undefined
  if (typeof column !== 'string' || !column.startsWith(missing)) return error
  return refusedFields({ [column.slice(missing.length)]: ['Fill this in.'] }, error)
}

/** What the trigger writes before the key, where a failure has the name of a column. */
const missing = 'custom.'

function refusedFields(refused: Record<string, string[]>, cause?: unknown): TenantryError {
  const fields = Object.fromEntries(Object.entries(refused).map(([key, messages]) => [customFieldName(key), messages]))
  return new TenantryError('BAD_INPUT', { data: { fields }, ...(cause !== undefined && { cause }) })
}

type Definition = Pick<CustomField, 'key' | 'type' | 'options' | 'required' | 'archivedAt'>

const definitionsOf = statement<{ entity: string }, Definition>((db) =>
  db
    .select({
      key: customFields.key,
      type: customFields.type,
      options: customFields.options,
      required: customFields.required,
      archivedAt: customFields.archivedAt,
    })
    .from(customFields)
    .where(sql`${customFields.entity} = ${sql.placeholder('entity')} and ${customFields.deletedAt} is null`)
    .for('share'),
)
