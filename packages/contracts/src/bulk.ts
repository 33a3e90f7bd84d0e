import { z } from 'zod'
import { recordRef, recordVersion } from './record-inputs.ts'
import { Version } from './scalars.ts'

/** Rows that the same is done to: as they were when the caller read them. */
export const bulkRows = <Id extends z.ZodType>(id: Id) => z.array(recordVersion(id)).min(1).max(200)

/** The same of a kind that has no versions. */
export const bulkRefs = <Id extends z.ZodType>(id: Id) => z.array(recordRef(id)).min(1).max(200)

const refused = z.object({ done: z.literal(false), code: z.string(), message: z.string() })

/** What became of one row, in the order in which the rows were named. One that was refused is as it was. */
export const RowResult = z.discriminatedUnion('done', [z.object({ done: z.literal(true), version: Version }), refused])
export type RowResult = z.infer<typeof RowResult>

/** The same of a row that has no version. */
export const RefResult = z.discriminatedUnion('done', [z.object({ done: z.literal(true) }), refused])
export type RefResult = z.infer<typeof RefResult>
