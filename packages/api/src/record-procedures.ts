import { bulkRows, RowResult } from '@tenantry/contracts/bulk'
import type { CustomInput } from '@tenantry/contracts/custom-values'
import { Count, pageOf, type Page } from '@tenantry/contracts/pages'
import { RecordChange } from '@tenantry/contracts/record'
import { recordRef, recordVersion, timelineQuery, undoInput } from '@tenantry/contracts/record-inputs'
import { eachRow } from '@tenantry/crm/bulk'
import { z } from 'zod'
import type { TenantDb, TenantReader } from './planes.ts'
import { tenantProcedure } from './procedures/tenant.ts'

/** What a record's contract gives, and where its repository is on a handle. */
interface GivenKept<
  Id extends string,
  Query extends z.ZodType,
  Patch extends z.ZodType,
  Row extends { version: number },
  Listed,
> {
  id: z.ZodType<Id, string>
  query: Query
  /** Names the record, its version and the fields to change. */
  patch: Patch & { shape: { patch: z.ZodType } }
  /** What the repository answers with. */
  row: z.ZodType<Row>
  /** What a list shows of it, where that is less. */
  listed?: z.ZodType<Listed>
  reader: (db: TenantReader) => Reads<Id, z.output<Query>, Row, Listed>
  writer: (db: TenantDb) => Keeps<Id, z.output<Patch>, Row>
  /** The migration that brought what its repository's statements need, where not every database that is served has it. */
  requires?: string
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
  writer: (db: TenantDb) => Keeps<Id, z.output<Patch>, Row> & { create(input: z.output<Input>): Promise<Row> }
}

interface Reads<Id, Query, Row, Listed> {
  list(query: Query): Promise<Page<Listed>>
  count(query: Query): Promise<Count>
  byId(id: Id): Promise<Row>
  timeline(id: Id, page: { cursor?: string | null | undefined; limit: number }): Promise<Page<RecordChange>>
}

interface Keeps<Id, Patch, Row> {
  patch(input: Patch): Promise<Row>
  archive(at: Version<Id>): Promise<Row>
  unarchive(at: Version<Id>): Promise<Row>
  remove(at: Version<Id>): Promise<Row>
  restore(at: Version<Id>): Promise<Row>
  undo(id: Id, changeId: string): Promise<Row>
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
  const writing = writingOf(requires)
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
>({ id, query, patch, row, listed, reader, writer, requires }: GivenKept<Id, Query, Patch, Row, Listed>) {
  const [seeing, writing] = [seeingOf(requires), writingOf(requires)]
  const at: z.ZodType<Version<Id>, { id: string; version: number }> = recordVersion(id)
  const results = z.array(RowResult)
  return {
    list: seeing(query, pageOf(listed ?? row), (db, asked) => reader(db).list(asked)),
    count: seeing(query, Count, (db, asked) => reader(db).count(asked)),
    byId: seeing(recordRef(id), row, (db, named) => reader(db).byId(named.id)),
    timeline: seeing(timelineQuery(id), pageOf(RecordChange), (db, asked) => reader(db).timeline(asked.id, asked)),
    patch: writing(patch, row, (db, changes) => writer(db).patch(changes)),
    archive: writing(at, row, (db, version) => writer(db).archive(version)),
    unarchive: writing(at, row, (db, version) => writer(db).unarchive(version)),
    remove: writing(at, row, (db, version) => writer(db).remove(version)),
    restore: writing(at, row, (db, version) => writer(db).restore(version)),
    bulkPatch: writing(z.strictObject({ rows: bulkRows(id), patch: patch.shape.patch }), results, (db, asked) =>
      eachRow(db, asked.rows, (part, named) => writer(part).patch(patch.parse({ ...named, patch: asked.patch }))),
    ),
    bulkRemove: writing(z.strictObject({ rows: bulkRows(id) }), results, (db, asked) =>
      eachRow(db, asked.rows, (part, named) => writer(part).remove(named)),
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

function seeingOf(requires: string | undefined) {
  const meta = { permission: 'records.see', ...(requires !== undefined && { requires }) } as const
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

function writingOf(requires: string | undefined) {
  const meta = { permission: 'records.write', ...(requires !== undefined && { requires }) } as const
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

/** A resolver's input is what its schema has parsed; tRPC's type says so only once the schema is known. */
function parsed<Schema extends z.ZodType>(input: unknown): z.output<Schema> {
  return input as z.output<Schema>
}
