import { z } from 'zod'

/** What a task, a note, a file or a message can be about. */
export const LinkedEntity = z.enum([
  'account',
  'contact',
  'lead',
  'opportunity',
  'event',
  'quote',
  'contract',
  'invoice',
  'location',
])
export type LinkedEntity = z.infer<typeof LinkedEntity>

export const RecordLink = z.strictObject({ entity: LinkedEntity, id: z.uuid() })
export type RecordLink = z.infer<typeof RecordLink>

/** A link as it is shown: with what the record is called. */
export const NamedLink = z.object({ entity: LinkedEntity, id: z.uuid(), name: z.string() })
export type NamedLink = z.infer<typeof NamedLink>

export const RecordLinks = z.array(RecordLink).max(20)
