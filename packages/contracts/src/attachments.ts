import { z } from 'zod'
import { AttachmentId, CommunicationId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { listBase, recordFilters, spanOf } from './pages.ts'
import { settingEnvelope } from './record.ts'
import { NamedLink, RecordLink, RecordLinks } from './record-links.ts'
import { Version, line, optionalLine } from './scalars.ts'

/** A file may have at most this many bytes. */
export const maxFileBytes = 50 * 1024 * 1024

/** As far as anybody has looked at the bytes. Only a ready file can be downloaded. */
export const AttachmentState = z.enum(['uploading', 'ready', 'quarantined', 'failed'])
export type AttachmentState = z.infer<typeof AttachmentState>

/** A name to be shown and to be saved under: no path, and nothing that would turn around how it reads. */
export const FileName = line(200)
  .regex(/^[^/\\]*$/, 'A file name has no slashes.')
  .regex(/^[^\u202A-\u202E\u2066-\u2069]*$/u, 'This name has characters that hide how it ends.')

/** `category` is a word of the company's own, such as «floor plan». */
const optional = { description: optionalLine(500), category: optionalLine(60) }

/** What is said about a file that is sent; what it is follows from its bytes. */
export const AttachmentUpload = z.strictObject({
  fileName: FileName,
  links: RecordLinks.default([]),
  /** The bytes, where they do not come as the body of the request; for small files. */
  contentBase64: z.base64().max(700_000).optional(),
  ...optionalFields(optional),
})
export type AttachmentUpload = z.infer<typeof AttachmentUpload>

/** A file that is stored already: what was found out about it, beside what was said. */
export interface AttachmentInput {
  fileName: string
  description?: string | null | undefined
  category?: string | null | undefined
  links: RecordLink[]
  /** The message that it came with: it is read by whoever reads that. */
  communicationId?: CommunicationId | undefined
  /** Nobody changes what it is called or deletes it. */
  isEvidence?: true | undefined
  storageKey: string
  byteSize: number
  mediaType: string
  sha256: Uint8Array
  width: number | null
  height: number | null
}

/** `links` is replaced as a whole. The bytes of a file never change. */
export const AttachmentPatch = z.strictObject({
  fileName: FileName.optional(),
  links: RecordLinks.optional(),
  ...optionalFields(optional),
})
export type AttachmentPatch = z.infer<typeof AttachmentPatch>
export const AttachmentPatchInput = z.strictObject({ id: AttachmentId, version: Version, patch: AttachmentPatch })

export const Attachment = z.object({
  id: AttachmentId,
  fileName: z.string(),
  description: z.string().nullable(),
  category: z.string().nullable(),
  byteSize: z.int(),
  /** As the bytes say, for whoever uploads it may say anything. */
  mediaType: z.string(),
  state: AttachmentState,
  /** Of an image; one that has them has a preview. */
  width: z.int().nullable(),
  height: z.int().nullable(),
  links: z.array(NamedLink),
  /** The message that it came with; null for one that somebody has brought. */
  communicationId: CommunicationId.nullable(),
  uploadedByName: z.string().nullable(),
  /** True for one that is kept as it is, such as a contract that was signed: it is neither renamed nor deleted. */
  isEvidence: z.boolean(),
  ...settingEnvelope,
})
export type Attachment = z.infer<typeof Attachment>

export const AttachmentSort = z.enum(['name', 'byteSize', 'updatedAt', 'createdAt'])
export const AttachmentListQuery = z.object({
  ...listBase,
  sort: AttachmentSort.default('createdAt'),
  filters: z
    .strictObject({
      about: RecordLink.optional(),
      /** That came with this message. */
      communicationId: CommunicationId.optional(),
      mediaType: z.array(z.string().max(100)).max(20).optional(),
      category: z.string().max(60).optional(),
      /** Whether it has a preview. */
      isImage: z.boolean().optional(),
      state: z.array(AttachmentState).max(4).optional(),
      ...spanOf('size', z.int().min(0)),
      ...recordFilters,
    })
    .default({}),
})
export type AttachmentListQuery = z.infer<typeof AttachmentListQuery>

/** A file as it leaves: its name and what it is. The bytes come as the answer of the address that asks for it. */
export const FileSent = z.object({
  fileName: z.string(),
  mediaType: z.string(),
  /** Null for what is made when it is sent. */
  byteSize: z.int().nullable(),
})
export type FileSent = z.infer<typeof FileSent>
