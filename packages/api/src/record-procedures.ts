import { bulkRows, RowResult } from '@tenantry/contracts/bulk'
import type { CustomInput } from '@tenantry/contracts/custom-values'
import { Count, pageOf, type Page } from '@tenantry/contracts/pages'
import { RecordChange } from '@tenantry/contracts/record'
import { recordRef, recordVersion, timelineQuery, undoInput } from '@tenantry/contracts/record-inputs'
import type { Permission } from '@tenantry/contracts/roles'
import { eachRow } from '@tenantry/crm/bulk'
import { z } from 'zod'
import type { TenantDb, TenantReader } from './planes.ts'
import { tenantProcedure } from './procedures/tenant.ts'

/** What the contract of a kind of record gives. */
interface Kind<Id extends string, Row> {
  id: z.ZodType<Id, string>
  /** What the repository answers with. */
  row: z.ZodType<Row>
  /** The migration that brought what its repository's statements need, where not every database that is served has it. */
  requires?: string
}

/** With where its repository is on a handle that reads. */
interface ReadKind<Id extends string, Query extends z.ZodType, Row> extends Kind<Id, Row> {
  query: Query
  reader: (db: TenantReader) => Reads<Id, z.output<Query>, Row>
}

/** With where it is on one that writes. */
interface ChangedKind<Id extends string, Patch extends z.ZodType, Row extends { version: number }> extends Kind<
  Id,
  Row
> {
  /** Names the record, its version and the fields to change. */
  patch: Patch & { shape: { patch: z.ZodType } }
  writer: (db: TenantDb) => Keeps<Id, z.output<Patch>, Row>
}

interface GivenKept<
  Id extends string,
  Query extends z.ZodType,
  Patch extends z.ZodType,
  Row extends { version: number },
  Listed,
>
  extends ReadKind<Id, Query, Row>, ChangedKind<Id, Patch, Row> {
  /** What a list shows of it, where that is less. */
  listed?: z.ZodType<Listed>
  reader: (db: TenantReader) => Reads<Id, z.output<Query>, Row> & Lists<z.output<Query>, Page<Listed>>
}

interface Given<
  Id extends string,
  Query extends z.ZodType,
  Input extends z.ZodType,
  Patch extends z.ZodType,
  Row extends { version: number },
  Listed,
> extends GivenKept<Id, Query, Patch, Row, Listed> {
  input: Input
  writer: (db: TenantDb) => Keeps<Id, z.output<Patch>, Row> & Creates<z.output<Input>, Row>
}

interface GivenSetting<
  Id extends string,
  Query extends z.ZodType,
  Input extends z.ZodType,
  Patch extends z.ZodType,
  Row extends { version: number },
>
  extends ReadKind<Id, Query, Row>, ChangedKind<Id, Patch, Row> {
  input: Input
  reader: (db: TenantReader) => Reads<Id, z.output<Query>, Row> & Lists<z.output<Query>, Row[]>
  writer: (db: TenantDb) => Keeps<Id, z.output<Patch>, Row> & Creates<z.output<Input>, Row>
  /** What changing it asks of somebody's role. */
  permission: Permission
}

interface Lists<Query, Answer> {
  list(query: Query): Promise<Answer>
}

interface Reads<Id, Query, Row> {
  count(query: Query): Promise<Count>
  byId(id: Id): Promise<Row>
  timeline(id: Id, page: { cursor?: string | null | undefined; limit: number }): Promise<Page<RecordChange>>
}

interface Creates<Input, Row> {
  create(input: Input): Promise<Row>
}

interface Keeps<Id, Patch, Row> {
  patch(input: Patch): Promise<Row>
  archive(at: Version<Id>): Promise<Row>
  unarchive(at: Version<Id>): Promise<Row>
  remove(at: Version<Id>): Promise<Row>
  restore(at: Version<Id>): Promise<Row>
  undo(id: Id, changeId: string): Promise<Row>
  /** Of a kind that shares with its neighbours what a change locks: locks it for many of them. */
  lockMany?(ids: readonly Id[]): Promise<void>
}

interface Version<Id> {
  id: Id
  version: number
}

/** The procedures that every kind of record has, to be spread into its router beside those that only it has. */
export function recordProcedures<
  Id extends string,
  Query extends z.ZodType,
  Input extends z.ZodType,
  Patch extends z.ZodType,
  Row extends { version: number },
  Listed,
>(given: Given<Id, Query, Input, Patch, Row, Listed>) {
  const { input, row, writer, requires } = given
  const writing = writingOf({ permission: 'records.write', requires })
  return {
    ...keptRecordProcedures(given),
    create: writing(input, row, (db, fields) => writer(db).create(askedForCustom(fields))),
  }
}

/** The same for a kind of record that is not made from an input alone. */
export function keptRecordProcedures<
  Id extends string,
  Query extends z.ZodType,
  Patch extends z.ZodType,
  Row extends { version: number },
  Listed,
>(given: GivenKept<Id, Query, Patch, Row, Listed>) {
  const { query, row, listed, reader, requires } = given
  const seeing = seeingOf({ permission: 'records.see', requires })
  return {
    list: seeing(query, pageOf(listed ?? row), (db, asked) => reader(db).list(asked)),
    ...readProcedures(seeing, given),
    ...changeProcedures(writingOf({ permission: 'records.write', requires }), given),
  }
}

/** The same for what a company sets up for itself: a list of all of it, and a permission of its own to change it. */
export function settingProcedures<
  Id extends string,
  Query extends z.ZodType,
  Input extends z.ZodType,
  Patch extends z.ZodType,
  Row extends { version: number },
>(given: GivenSetting<Id, Query, Input, Patch, Row>) {
  const { query, input, row, reader, writer, permission, requires } = given
  const seeing = seeingOf({ permission: 'records.see', requires })
  const writing = writingOf({ permission, requires })
  return {
    list: seeing(query, z.array(row), (db, asked) => reader(db).list(asked)),
    ...readProcedures(seeing, given),
    create: writing(input, row, (db, fields) => writer(db).create(fields)),
    ...changeProcedures(writing, given),
  }
}

/** How records are read, but for the list. */
function readProcedures<Id extends string, Query extends z.ZodType, Row>(
  seeing: ReturnType<typeof seeingOf>,
  { id, query, row, reader }: ReadKind<Id, Query, Row>,
) {
  return {
    count: seeing(query, Count, (db, asked) => reader(db).count(asked)),
    byId: seeing(recordRef(id), row, (db, named) => reader(db).byId(named.id)),
    timeline: seeing(timelineQuery(id), pageOf(RecordChange), (db, asked) => reader(db).timeline(asked.id, asked)),
  }
}

/** How records are changed once they are there, one by one and many at once. */
function changeProcedures<Id extends string, Patch extends z.ZodType, Row extends { version: number }>(
  writing: ReturnType<typeof writingOf>,
  { id, patch, row, writer }: ChangedKind<Id, Patch, Row>,
) {
  const at: z.ZodType<Version<Id>, { id: string; version: number }> = recordVersion(id)
  const results = z.array(RowResult)
  const each = async (db: TenantDb, rows: Version<Id>[], work: Parameters<typeof eachRow<Version<Id>>>[2]) => {
    await writer(db).lockMany?.(rows.map((named) => named.id))
    return eachRow(db, rows, work)
  }
  return {
    patch: writing(patch, row, (db, changes) => writer(db).patch(changes)),
    archive: writing(at, row, (db, version) => writer(db).archive(version)),
    unarchive: writing(at, row, (db, version) => writer(db).unarchive(version)),
    remove: writing(at, row, (db, version) => writer(db).remove(version)),
    restore: writing(at, row, (db, version) => writer(db).restore(version)),
    bulkPatch: writing(z.strictObject({ rows: bulkRows(id), patch: patch.shape.patch }), results, (db, asked) =>
      each(db, asked.rows, (part, named) => writer(part).patch(patch.parse({ ...named, patch: asked.patch }))),
    ),
    bulkRemove: writing(z.strictObject({ rows: bulkRows(id) }), results, (db, asked) =>
      each(db, asked.rows, (part, named) => writer(part).remove(named)),
    ),
    undo: writing(undoInput(id), row, (db, change) => writer(db).undo(change.id, change.changeId)),
  }
}

/** An input with `custom`, be it empty: whoever fills in a form is asked for required custom fields. */
export function askedForCustom<Input>(input: Input): Input {
  // Every input of a record has it, which the type says only once the schema is known.
  const { custom } = input as { custom?: CustomInput }
  return { ...input, custom: custom ?? {} }
}

function seeingOf(asked: Asked) {
  const meta = metaOf(asked)
  return <Schema extends z.ZodType, Answer>(
    schema: Schema,
    output: z.ZodType<Answer>,
    answer: (db: TenantReader, input: z.output<Schema>) => Promise<Answer>,
  ) =>
    tenantProcedure
      .meta(meta)
      .input(schema)
      .output(output)
      .query(({ ctx, input }) => answer(ctx.tenantDb, parsed<Schema>(input)))
}

function writingOf(asked: Asked) {
  const meta = metaOf(asked)
  return <Schema extends z.ZodType, Answer>(
    schema: Schema,
    output: z.ZodType<Answer>,
    answer: (db: TenantDb, input: z.output<Schema>) => Promise<Answer>,
  ) =>
    tenantProcedure
      .meta(meta)
      .input(schema)
      .output(output)
      .mutation(({ ctx, input }) => answer(ctx.tenantDb, parsed<Schema>(input)))
}

interface Asked {
  permission: Permission
  requires: string | undefined
}

function metaOf({ permission, requires }: Asked) {
  return { permission, ...(requires !== undefined && { requires }) }
}

/** A resolver's input is what its schema has parsed; tRPC's type says so only once the schema is known. */
function parsed<Schema extends z.ZodType>(input: unknown): z.output<Schema> {
  return input as z.output<Schema>
}
