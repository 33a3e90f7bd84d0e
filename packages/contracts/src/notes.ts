import { z } from 'zod'
import { CustomFilter, CustomInput } from './custom-values.ts'
import { NoteId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { listBase, recordFilters } from './pages.ts'
import { recordEnvelope } from './record.ts'
import { NamedLink, RecordLink, RecordLinks } from './record-links.ts'
import { Version, optionalLine, text } from './scalars.ts'

const body = text(50_000).refine((value) => value.trim() !== '', 'Write something.')
const optional = { title: optionalLine(200), saidBy: optionalLine(200) }

/** Markdown, about any number of records. */
export const NoteInput = z.strictObject({
  bodyMarkdown: body,
  isPinned: z.boolean().default(false),
  links: RecordLinks.default([]),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type NoteInput = z.infer<typeof NoteInput>

/** `links` is replaced as a whole. */
export const NotePatch = z.strictObject({
  bodyMarkdown: body.optional(),
  isPinned: z.boolean().optional(),
  links: RecordLinks.optional(),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type NotePatch = z.infer<typeof NotePatch>
export const NotePatchInput = z.strictObject({ id: NoteId, version: Version, patch: NotePatch })

export const Note = z.object({
  id: NoteId,
  title: z.string().nullable(),
  bodyMarkdown: z.string(),
  saidBy: z.string().nullable(),
  isPinned: z.boolean(),
  links: z.array(NamedLink),
  authorName: z.string().nullable(),
  ...recordEnvelope,
})
export type Note = z.infer<typeof Note>

export const NoteSort = z.enum(['createdAt', 'updatedAt', 'name'])
export const NoteListQuery = z.object({
  ...listBase,
  sort: NoteSort.default('createdAt'),
  filters: z
    .strictObject({
      custom: CustomFilter.optional(),
      about: RecordLink.optional(),
      isPinned: z.boolean().optional(),
      ...recordFilters,
    })
    .default({}),
})
export type NoteListQuery = z.infer<typeof NoteListQuery>
