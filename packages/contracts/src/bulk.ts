import { z } from 'zod'
import { recordVersion } from './record-inputs.ts'
import { Version } from './scalars.ts'

/** Rows that the same is done to: as they were when the caller read them. */
export const bulkRows = <Id extends z.ZodType>(id: Id) => z.array(recordVersion(id)).min(1).max(200)

/** What became of one row, in the order in which the rows were named. One that was refused is as it was. */
export const RowResult = z.discriminatedUnion('done', [
  z.object({ done: z.literal(true), version: Version }),
  z.object({ done: z.literal(false), code: z.string(), message: z.string() }),
])
export type RowResult = z.infer<typeof RowResult>
