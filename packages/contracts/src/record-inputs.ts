import { z } from 'zod'
import { Cursor, PageSize } from './pages.ts'
import { Version } from './scalars.ts'

/** Names one record. */
export const recordRef = <Id extends z.ZodType>(id: Id) => z.strictObject({ id })
/** Names one record as it was when the caller read it: what archive, remove and restore ask for. */
export const recordVersion = <Id extends z.ZodType>(id: Id) => z.strictObject({ id, version: Version })
/** One page of a record's timeline, newest first. Not strict: tRPC's infinite queries add a word of their own. */
export const timelineQuery = <Id extends z.ZodType>(id: Id) =>
  z.object({ id, cursor: Cursor.nullish(), limit: PageSize.default(50) })
/** Takes back one change of a record. */
export const undoInput = <Id extends z.ZodType>(id: Id) => z.strictObject({ id, changeId: z.string().min(1).max(100) })
