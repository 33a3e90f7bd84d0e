import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import {
  hasOptions,
  type CustomField,
  type CustomFieldInput,
  type CustomFieldListQuery,
  type CustomFieldOrder,
  type CustomFieldPatch,
} from '@tenantry/contracts/custom-fields'
import type { CustomFieldId } from '@tenantry/contracts/ids'
import type { Page } from '@tenantry/contracts/pages'
import type { RecordChange } from '@tenantry/contracts/record'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import type { Acting } from '../records/acting.ts'
import {
  createRecord,
  lockRecord,
  putAway,
  readRecord,
  takeBack,
  writeChange,
  type RecordVersion,
} from '../records/change-record.ts'
import { asFields } from '../records/diff.ts'
import { asRows } from '../records/plain.ts'
import { readTimelineOf, type PageQuery } from '../records/timeline.ts'
import { customFieldRecord, selectCustomFields } from './record.ts'
import { customFields } from './table.ts'
import { assertUnused } from './use-of-options.ts'

/** Beyond this a form is no form any more. */
const mostOfOneEntity = 200

export class CustomFieldsReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /** By entity, in the order in which forms show them. */
  list({ entity, show }: CustomFieldListQuery): Promise<CustomField[]> {
    return this.#executor.run(shown, { entity: entity ?? null, show })
  }

  /** Throws NOT_FOUND. An archived field is found. */
  byId(id: CustomFieldId): Promise<CustomField> {
    return readRecord(this.#executor, customFieldRecord, id)
  }

  /** What happened to the definition, newest first. Throws NOT_FOUND. */
  timeline(id: CustomFieldId, page: PageQuery): Promise<Page<RecordChange>> {
    return readTimelineOf(this.#executor, customFieldRecord, id, page)
  }
}

/** Of a transaction: every method writes the definition and its history together, or neither. */
export class CustomFieldsWriter extends CustomFieldsReader {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting.executor)
    this.#acting = acting
  }

  /** At the end of the others. Throws RULE_VIOLATED for a key that is taken, also by an archived field. */
  async create(input: CustomFieldInput): Promise<CustomField> {
    const others = await this.list({ entity: input.entity, show: 'all' })
    const sameKey = others.find(({ key }) => key === input.key)
    if (sameKey !== undefined) {
      const taken = sameKey.archivedAt === null ? 'has' : 'is archived and has'
      throw refused('key', `«${sameKey.label}» ${taken} this key already.`)
    }
    if (others.length >= mostOfOneEntity) throw refused('key', `There are ${mostOfOneEntity} fields already.`)
    const position = Math.max(-1, ...others.map((other) => other.position)) + 1
    return createRecord(this.#acting, customFieldRecord, { ...asFields(input), position })
  }

  /** Throws NOT_FOUND, STALE_WRITE, and RULE_VIOLATED for options that the type has not, or that records still hold. */
  async patch({ patch, ...at }: RecordVersion & { patch: CustomFieldPatch }): Promise<CustomField> {
    const before = await lockRecord(this.#acting.executor, customFieldRecord, at)
    const { options } = patch
    if (options !== undefined) {
      if (hasOptions(before.type) !== options.length > 0)
        throw refused('options', 'A field to choose from needs an option, and any other has none.')
      const gone = before.options.filter(({ key }) => !options.some((option) => option.key === key))
      await assertUnused(this.#acting.executor, before, gone)
    }
    return writeChange(this.#acting, customFieldRecord, before, asFields(patch), { action: 'changed' })
  }

  /** Its values stay with their records, and nobody writes to it. */
  archive(at: RecordVersion): Promise<CustomField> {
    return putAway(this.#acting, customFieldRecord, at, 'archived')
  }

  /** Takes a field out of the archive. */
  restore(at: RecordVersion): Promise<CustomField> {
    return takeBack(this.#acting, customFieldRecord, at, 'unarchived')
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
}

function refused(field: keyof CustomFieldInput | 'ids', message: string): TenantryError {
  return new TenantryError('RULE_VIOLATED', { message, data: { field } })
}

const entity = sql.placeholder('entity')
const show = sql`${sql.placeholder('show')}::text`

const shown = statement<{ entity: CustomFieldId | string | null; show: string }, CustomField>((db) =>
  asRows<CustomField>(
    selectCustomFields(db)
      .where(
        sql`${customFields.deletedAt} is null and (${entity}::text is null or ${customFields.entity} = ${entity}::text)
          and (${show} = 'all' or (${customFields.archivedAt} is not null) = (${show} = 'archived'))`,
      )
      .orderBy(customFields.entity, customFields.position, customFields.key),
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
