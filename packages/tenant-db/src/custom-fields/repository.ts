import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import {
  hasOptions,
  type CustomField,
  type CustomFieldInput,
  type CustomFieldListQuery,
  type CustomFieldOption,
  type CustomFieldOrder,
  type CustomFieldPatch,
} from '@tenantry/contracts/custom-fields'
import type { CustomFieldId } from '@tenantry/contracts/ids'
import { TenantryError } from '@tenantry/errors'
import { and, eq, sql } from 'drizzle-orm'
import type { Acting } from '../records/acting.ts'
import {
  createRecord,
  lockRecord,
  putAway,
  takeBack,
  writeChange,
  type RecordVersion,
} from '../records/change-record.ts'
import { asFields } from '../records/diff.ts'
import { lockAndRead } from '../records/lock.ts'
import { asRows } from '../records/plain.ts'
import { RecordsReader } from '../records/record-repository.ts'
import { SettingList } from '../records/setting-list.ts'
import { undoChange } from '../records/undo-change.ts'
import { customFieldRecord, selectCustomFields } from './record.ts'
import { customFields } from './table.ts'
import { assertUnused } from './use-of-options.ts'

/** Beyond this a form is no form any more. */
const mostOfOneEntity = 200

interface CustomFieldTypes {
  id: CustomFieldId
  row: CustomField
  listed: CustomField
  query: CustomFieldListQuery
  input: CustomFieldInput
  patch: CustomFieldPatch
}

/** Lists fields by entity, in the order in which forms show them. */
export class CustomFieldsReader extends RecordsReader<CustomFieldTypes, CustomField[]> {
  constructor(executor: Executor) {
    super(executor, { record: customFieldRecord, listing: fieldList })
  }
}

/** Of a transaction: every method writes the definition and its history together, or neither. */
export class CustomFieldsWriter extends CustomFieldsReader {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting.executor)
    this.#acting = acting
  }

  /** At the end of the others. Throws RULE_VIOLATED for a key that is taken, also by a field in the archive or the bin. */
  async create(input: CustomFieldInput): Promise<CustomField> {
    const { entity, key } = input
    const [sameKey] = await this.#acting.executor.run(withKey, { entity, key })
    if (sameKey !== undefined) throw refused('key', `«${sameKey.label}» ${placeOf(sameKey)}has this key already.`)
    const others = await this.list({ entity, show: 'all' })
    const position = Math.max(-1, ...others.map((other) => other.position)) + 1
    return this.#keepingRoom(createRecord(this.#acting, customFieldRecord, { ...asFields(input), position }))
  }

  /** Throws NOT_FOUND, STALE_WRITE, and RULE_VIOLATED for options that the type has not, or that records still hold. */
  async patch({ patch, ...at }: RecordVersion & { patch: CustomFieldPatch }): Promise<CustomField> {
    const before = await lockRecord(this.#acting.executor, customFieldRecord, at)
    const { options = before.options } = patch
    if (hasOptions(before.type) !== options.length > 0)
      throw refused('options', 'A field to choose from needs an option, and any other has none.')
    await this.#assertUnused(before, options)
    return writeChange(this.#acting, customFieldRecord, before, asFields(patch), { action: 'changed' })
  }

  /** Its values stay with their records, and nobody writes to it. */
  archive(at: RecordVersion): Promise<CustomField> {
    return putAway(this.#acting, customFieldRecord, at, 'archived')
  }

  unarchive(at: RecordVersion): Promise<CustomField> {
    return takeBack(this.#acting, customFieldRecord, at, 'unarchived')
  }

  /** Puts the field into the bin: nobody fills it in or finds by it. Its values and its key wait until it is restored. */
  remove(at: RecordVersion): Promise<CustomField> {
    return putAway(this.#acting, customFieldRecord, at, 'deleted')
  }

  /** Throws RULE_VIOLATED when there are as many fields as there may be. */
  restore(at: RecordVersion): Promise<CustomField> {
    return this.#keepingRoom(takeBack(this.#acting, customFieldRecord, at, 'restored'))
  }

  /** Takes back one change of the definition's timeline. Throws STALE_WRITE, and RULE_VIOLATED for an option that records still hold. */
  async undo(id: CustomFieldId, changeId: string): Promise<CustomField> {
    const before = await lockAndRead(this.#acting.executor, customFieldRecord, id)
    const after = await this.#keepingRoom(undoChange(this.#acting, customFieldRecord, id, changeId))
    await this.#assertUnused(before, after.options)
    return after
  }

  /** Those that are not named follow, in the order they have. Throws RULE_VIOLATED for one that is not in use, or named twice. */
  async reorder({ entity, ids }: CustomFieldOrder): Promise<CustomField[]> {
    const { executor } = this.#acting
    // In one order, so that nobody waits in a circle.
    await executor.run(lockAll, { entity })
    const fields = await this.list({ entity, show: 'active' })
    const named = ids.map((id) => fields.find((field) => field.id === id))
    if (new Set(ids).size < ids.length || named.includes(undefined))
      throw refused('ids', 'The fields have changed. Reload them and try again.')
    const inOrder = [...named, ...fields.filter(({ id }) => !ids.includes(id))]
    for (const [position, field] of inOrder.entries()) {
      if (field) await writeChange(this.#acting, customFieldRecord, field, { position }, { action: 'changed' })
    }
    return this.list({ entity, show: 'active' })
  }

  /** Throws RULE_VIOLATED for an option that records hold and that is not offered any more. */
  #assertUnused(before: CustomField, options: readonly CustomFieldOption[]): Promise<void> {
    const gone = before.options.filter(({ key }) => !options.some((option) => option.key === key))
    return assertUnused(this.#acting.executor, before, gone)
  }

  async #keepingRoom(change: Promise<CustomField>): Promise<CustomField> {
    const changed = await change
    const { count } = await this.count({ entity: changed.entity, show: 'all' })
    if (count > mostOfOneEntity) throw refused('key', `There are ${mostOfOneEntity} fields already.`)
    return changed
  }
}

function refused(field: keyof CustomFieldInput | 'ids', message: string): TenantryError {
  return new TenantryError('RULE_VIOLATED', { message, data: { field } })
}

function placeOf({ archivedAt, deletedAt }: CustomField): string {
  if (deletedAt !== null) return 'is in the bin and '
  return archivedAt === null ? '' : 'is archived and '
}

const entity = sql.placeholder('entity')

const fieldList = new SettingList<CustomField, CustomFieldListQuery>({
  table: customFields,
  parameters: (asked) => ({ ...asked, entity: asked.entity ?? null }),
  where: sql`(${entity}::text is null or ${customFields.entity} = ${entity}::text)`,
  select: (db, where) =>
    asRows<CustomField>(
      selectCustomFields(db).where(where).orderBy(customFields.entity, customFields.position, customFields.key),
    ),
})

/** Wherever it is. */
const withKey = statement<{ entity: string; key: string }, CustomField>((db) =>
  asRows<CustomField>(
    selectCustomFields(db).where(and(eq(customFields.entity, entity), eq(customFields.key, sql.placeholder('key')))),
  ),
)

const lockAll = statement<{ entity: string }, { locked: number }>((db) =>
  db
    .select({ locked: sql<number>`1` })
    .from(customFields)
    .where(sql`${customFields.entity} = ${entity}`)
    .orderBy(customFields.id)
    .for('no key update'),
)
