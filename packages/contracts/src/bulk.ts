import { z } from 'zod'
import { recordVersion } from './record-inputs.ts'

/** Rows that the same is done to: as they were when the caller read them. */
export const bulkRows = <Id extends z.ZodType>(id: Id) => z.array(recordVersion(id)).min(1).max(200)

/** What became of one row, in the order in which the rows were named. One that was refused is as it was. */
export type RowResult = { done: true; version: number } | { done: false; code: string; message: string }
