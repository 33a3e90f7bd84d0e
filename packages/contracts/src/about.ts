import { z } from 'zod'
import { LinkedEntity } from './record-links.ts'
import { Cursor, PageSize } from './pages.ts'
import { Instant } from './scalars.ts'

export const AboutKind = z.enum(['change', 'task', 'note', 'communication', 'attachment', 'step'])
export type AboutKind = z.infer<typeof AboutKind>

/** Everything about one record, newest first. Not strict: tRPC's infinite queries add a word of their own. */
export const AboutQuery = z.object({
  entity: LinkedEntity,
  id: z.uuid(),
  /** Left out, all of them. */
  kinds: z.array(AboutKind).min(1).max(6).optional(),
  cursor: Cursor.nullish(),
  limit: PageSize.default(50),
})
export type AboutQuery = z.infer<typeof AboutQuery>

/** A change of the record itself, something that is about it, or a key step of a record that belongs to it. */
export const AboutEntry = z.object({
  kind: AboutKind,
  /** The change or the record that is meant. */
  id: z.string(),
  /** When it happened: a message when it was sent or came in, everything else when it was entered. */
  at: Instant,
  /** The action of a change or a step; title, subject or file name of anything else. */
  heading: z.string().nullable(),
  /** The first 300 characters of a note or a message. */
  excerpt: z.string().nullable(),
  /**
   * Status of a task or a message, media type of a file. Of a step what it led to: an opportunity is `won`, `lost` or `open`
   * again, an event has the status.
   */
  state: z.string().nullable(),
  actorName: z.string().nullable(),
  /** Whose step it is. Of each kind the 500 newest records count. */
  of: z
    .object({
      entity: z.enum(['opportunity', 'event', 'event_date', 'quote', 'contract', 'invoice']),
      id: z.uuid(),
      name: z.string().nullable(),
    })
    .nullable(),
})
export type AboutEntry = z.infer<typeof AboutEntry>
