import { TenantryError } from '@tenantry/errors'
import { previewKey, type FileKey } from '../store/file-key.ts'
import type { TenantFiles } from '../store/store.ts'
import { isProgram, mediaTypeOf } from './media-type.ts'
import { MeasuredBody } from './measured-body.ts'
import { canHavePreview, drawPreview, type Preview } from './preview.ts'

export interface ExaminedFile {
  byteSize: number
  sha256: Uint8Array
  /** By the file's own bytes. */
  mediaType: string
  /** Of an image that has a preview; null for everything else. */
  width: number | null
  height: number | null
}

/** Of which images a preview is drawn; a larger one is a download and nothing more. */
const maxImageBytes = 32 * 1024 * 1024

/**
 * Stores a file, with its preview when it is an image, and says what it is. Throws REQUEST_TOO_LARGE, and BAD_INPUT for an
 * empty file and for a program; of a file that is refused nothing stays.
 */
export async function storeFile(
  files: TenantFiles,
  { key, body, maxBytes }: { key: FileKey; body: AsyncIterable<Uint8Array>; maxBytes: number },
): Promise<ExaminedFile> {
  const measured = new MeasuredBody(body, { maxBytes })
  await files.put(key, measured)
  try {
    const { byteSize, head } = measured
    const mediaType = await mediaTypeOf(head)
    if (byteSize === 0) throw new TenantryError('BAD_INPUT', { message: 'The file is empty.' })
    if (isProgram(mediaType)) throw new TenantryError('BAD_INPUT', { message: 'Programs cannot be stored.' })
    const isImage = canHavePreview(mediaType) && byteSize <= maxImageBytes
    const preview = isImage ? await keepPreview(files, key) : undefined
    const { width = null, height = null } = preview ?? {}
    return { byteSize, sha256: measured.sha256(), mediaType, width, height }
  } catch (error) {
    await forgetFile(files, key)
    throw error
  }
}

/** A file and its preview, the preview first: what is left of an interrupted removal can be found by the file. */
export async function forgetFile(files: TenantFiles, key: FileKey): Promise<void> {
  await files.remove(previewKey(key))
  await files.remove(key)
}

async function keepPreview(files: TenantFiles, key: FileKey): Promise<Preview | undefined> {
  const stored = await files.get(key)
  if (stored === undefined) return undefined
  const chunks: Uint8Array[] = []
  for await (const chunk of stored.body as AsyncIterable<Uint8Array>) chunks.push(chunk)
  const preview = await drawPreview(Buffer.concat(chunks))
  if (preview !== undefined) await files.put(previewKey(key), once(preview.bytes))
  return preview
}

/** A body of bytes that are there already. */
export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}
