import {
  Attachment,
  AttachmentListQuery,
  AttachmentPatchInput,
  AttachmentUpload,
  FileSent,
  maxFileBytes,
} from '@tenantry/contracts/attachments'
import { AttachmentId } from '@tenantry/contracts/ids'
import { recordRef } from '@tenantry/contracts/record-inputs'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { forgetFile, once, storeFile } from '@tenantry/files/examine'
import { asFileKey, fileKey, previewKey } from '@tenantry/files/file-key'
import { v4 } from 'uuid'
import type { FileExchange } from '../files/file-exchange.ts'
import type { TenantFiles } from '../planes.ts'
import { filesProcedure } from '../procedures/files.ts'
import { router } from '../procedures/router.ts'
import { keptRecordProcedures } from '../record-procedures.ts'

const requires = '0036_signed_contracts'
const seeing = filesProcedure.meta({ permission: 'records.see', requires })
const writing = filesProcedure.meta({ permission: 'records.write', requires })

export const attachmentsRouter = router({
  ...keptRecordProcedures({
    id: AttachmentId,
    query: AttachmentListQuery,
    patch: AttachmentPatchInput,
    row: Attachment,
    reader: (db) => db.attachments,
    writer: (db) => db.attachments,
    requires,
  }),
  /**
   * Stores a file, then its record: when anything fails in between, the file is taken back, and what a killed process leaves
   * is a file that no record names, which `doctor --sweep` finds.
   */
  upload: writing
    .input(AttachmentUpload)
    .output(Attachment)
    .mutation(async ({ ctx: { files, write, exchange }, input }) => {
      const { contentBase64, ...said } = input
      const body =
        exchange?.body ?? (contentBase64 === undefined ? undefined : once(Buffer.from(contentBase64, 'base64')))
      if (body === undefined) throw new TenantryError('BAD_INPUT', { message: 'The bytes of the file are missing.' })
      const key = fileKey('attachments', v4())
      const file = await storeFile(files, { key, body, maxBytes: maxFileBytes })
      try {
        return await write((db) => db.attachments.create({ ...said, ...file, storageKey: key }))
      } catch (error) {
        // It may have been written after all when the connection was lost while committing.
        if (!isTenantryError(error, 'COMMIT_UNKNOWN')) await forgetFile(files, key)
        throw error
      }
    }),
  /** The file itself, as the answer to `/api/files/attachments/<id>`; any other call learns its name and size. */
  download: seeing
    .input(recordRef(AttachmentId))
    .output(FileSent)
    .query(async ({ ctx, input }): Promise<FileSent> => {
      const { fileName, mediaType, byteSize, state, storageKey } = await ctx.read((db) =>
        db.attachments.placeOf(input.id),
      )
      if (state !== 'ready') throw new TenantryError('FILE_NOT_STORED')
      const range = ctx.exchange?.rangeOf(byteSize)
      await fetchFile(ctx, asFileKey(storageKey), { fileName, mediaType, range })
      return { fileName, mediaType, byteSize }
    }),
  /** A small picture of an image, drawn here. */
  preview: seeing
    .input(recordRef(AttachmentId))
    .output(FileSent)
    .query(async ({ ctx, input }): Promise<FileSent> => {
      const { fileName, storageKey, width } = await ctx.read((db) => db.attachments.placeOf(input.id))
      const key = asFileKey(storageKey)
      const shown = { fileName: `${fileName}.webp`, mediaType: 'image/webp' }
      const stored = width === null ? undefined : key && previewKey(key)
      return { ...shown, byteSize: await fetchFile(ctx, stored, { ...shown, shown: true }) }
    }),
})

interface Fetching {
  files: Pick<TenantFiles, 'get'>
  exchange: FileExchange | undefined
}

/** Opens a file for the answer and gives its size; nothing is opened for a call that takes no bytes. Throws FILE_NOT_STORED. */
async function fetchFile(
  { files, exchange }: Fetching,
  key: ReturnType<typeof asFileKey>,
  said: { fileName: string; mediaType: string; range?: { first: number; last: number } | undefined; shown?: true },
): Promise<number> {
  const stored = key && (await files.get(key, said.range))
  if (stored === undefined) throw new TenantryError('FILE_NOT_STORED')
  const { byteSize, body } = stored
  if (exchange === undefined) body.destroy()
  else exchange.answer({ ...said, byteSize, body })
  return byteSize
}
