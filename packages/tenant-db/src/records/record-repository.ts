import type { Executor } from '@tenantry/connections/database'
import type { Count, Page } from '@tenantry/contracts/pages'
import type { RecordChange } from '@tenantry/contracts/record'
import type { Acting } from './acting.ts'
import {
  assertNotInBin,
  createRecord,
  patchRecord,
  putAway,
  readRecord,
  takeBack,
  writeChange,
} from './change-record.ts'
import { asFields, type Fields } from './diff.ts'
import { lockAndRead } from './lock.ts'
import type { RecordKind, RecordRow } from './record-kind.ts'
import { readTimelineOf, type PageQuery } from './timeline.ts'
import { undoChange } from './undo-change.ts'

/** The types of one kind of record, as its contract names them. */
export interface RecordTypes {
  id: string
  row: RecordRow
  /** A row of its list; often the record itself. */
  listed: { id: string }
  query: object
  input: object
  patch: object
}

/** What a repository of records is made from. A list comes in pages, where nothing else is said. */
export interface RecordParts<Types extends RecordTypes, List = Page<Types['listed']>> {
  record: RecordKind<Types['row']>
  listing: {
    page(executor: Executor, query: Types['query']): Promise<List>
    count(executor: Executor, query: Types['query']): Promise<Count>
  }
  /** An input in the form in which fields are compared and remembered; left out where the contract has that form. */
  fieldsOf?: (input: Types['input'] | Types['patch']) => Fields
}

/** Reads one kind of record. Its repositories extend it, so that a handle names each by a class of its own. */
export abstract class RecordsReader<Types extends RecordTypes, List = Page<Types['listed']>> {
  readonly #executor: Executor
  readonly #parts: RecordParts<Types, List>

  constructor(executor: Executor, parts: RecordParts<Types, List>) {
    this.#executor = executor
    this.#parts = parts
  }

  list(query: Types['query']): Promise<List> {
    return this.#parts.listing.page(this.#executor, query)
  }

  count(query: Types['query']): Promise<Count> {
    return this.#parts.listing.count(this.#executor, query)
  }

  /** Throws NOT_FOUND. A record in the bin is found, with `deletedAt`. */
  byId(id: Types['id']): Promise<Types['row']> {
    return readRecord(this.#executor, this.#parts.record, id)
  }

  /** What happened to the record, newest first. Throws NOT_FOUND. */
  timeline(id: Types['id'], page: PageQuery): Promise<Page<RecordChange>> {
    return readTimelineOf(this.#executor, this.#parts.record, id, page)
  }
}

/** Of a transaction: every method writes the record and its history together, or neither. */
export abstract class RecordsWriter<Types extends RecordTypes, List = Page<Types['listed']>> extends RecordsReader<
  Types,
  List
> {
  readonly #acting: Acting
  readonly #parts: RecordParts<Types, List>

  constructor(acting: Acting, parts: RecordParts<Types, List>) {
    super(acting.executor, parts)
    this.#acting = acting
    this.#parts = parts
  }

  /** Throws RULE_VIOLATED, with the field, for what a constraint refuses. */
  create(input: Types['input']): Promise<Types['row']> {
    return createRecord(this.#acting, this.#parts.record, this.#fieldsOf(input))
  }

  /** Throws NOT_FOUND, and STALE_WRITE with what others changed since `version`. */
  patch({ patch, ...at }: At<Types> & { patch: Types['patch'] }): Promise<Types['row']> {
    return patchRecord(this.#acting, this.#parts.record, at, this.#fieldsOf(patch))
  }

  /**
   * Changes a record that the caller has not read before, by what it is once it is locked. Throws NOT_FOUND, and
   * RULE_VIOLATED for a record in the bin.
   */
  async amend(id: Types['id'], patchOf: (before: Types['row']) => Types['patch']): Promise<Types['row']> {
    const { record } = this.#parts
    const before = await lockAndRead(this.#acting.executor, record, id)
    assertNotInBin(before)
    return writeChange(this.#acting, record, before, this.#fieldsOf(patchOf(before)), { action: 'changed' })
  }

  archive(at: At<Types>): Promise<Types['row']> {
    return putAway(this.#acting, this.#parts.record, at, 'archived')
  }

  unarchive(at: At<Types>): Promise<Types['row']> {
    return takeBack(this.#acting, this.#parts.record, at, 'unarchived')
  }

  /** Puts the record into the bin, from which `restore` takes it back. */
  remove(at: At<Types>): Promise<Types['row']> {
    return putAway(this.#acting, this.#parts.record, at, 'deleted')
  }

  restore(at: At<Types>): Promise<Types['row']> {
    return takeBack(this.#acting, this.#parts.record, at, 'restored')
  }

  /** Takes back one change of the record's timeline. Throws STALE_WRITE when its fields have changed since. */
  undo(id: Types['id'], changeId: string): Promise<Types['row']> {
    return undoChange(this.#acting, this.#parts.record, id, changeId)
  }

  #fieldsOf(input: Types['input'] | Types['patch']): Fields {
    return this.#parts.fieldsOf?.(input) ?? asFields(input)
  }
}

interface At<Types extends RecordTypes> {
  id: Types['id']
  version: number
}
