import { importFieldsOf, importKinds } from '@tenantry/contracts/import-fields'
import type { ImportBatch, ImportFix, ImportPlan, ImportRow } from '@tenantry/contracts/imports'
import { TenantryError } from '@tenantry/errors'
import type { TenantDb } from '@tenantry/tenant-db/types'
import { checkRows } from './check-rows.ts'

/** Says which column fills which field. Throws NOT_FOUND, BAD_INPUT for a column or a field that there is not, RULE_VIOLATED. */
export async function planImport(db: TenantDb, plan: ImportPlan): Promise<ImportBatch> {
  const { entity, header } = await db.imports.byId(plan.id)
  const { keys } = importKinds[entity]
  const fields = importFieldsOf(entity, await db.customFields.list({ entity, show: 'active' }))
  for (const { column, field } of plan.mapping) {
    if (column >= header.length) throw refused('mapping', `This file has no column ${column}.`)
    if (!Object.hasOwn(fields, field)) throw refused('mapping', `A record of this kind has no field «${field}».`)
  }
  const { dedupe } = plan
  if (dedupe.rule !== 'none' && !keys.includes(dedupe.by))
    throw refused('dedupe', `Records of this kind cannot be told apart by «${dedupe.by}».`)
  return db.imports.plan(plan)
}

/** Throws NOT_FOUND, RULE_VIOLATED. A row that is still wrong is kept as it is given, with its errors. */
export async function fixImportRow(db: TenantDb, { id, row, cells }: ImportFix): Promise<ImportRow> {
  const before = await db.imports.rowToFix(id, row)
  const [checked] = await checkRows(db, await db.imports.byId(id), [{ cells }])
  return db.imports.fix(id, before, { cells, errors: checked?.errors ?? [] })
}

function refused(field: string, message: string): TenantryError {
  return new TenantryError('BAD_INPUT', { message, data: { fields: { [field]: [message] } } })
}
