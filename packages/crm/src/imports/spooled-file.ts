import { TenantryError } from '@tenantry/errors'
import { randomUUID } from 'node:crypto'
import { open, unlink, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TextDecoder } from 'node:util'
import { fileInvalid } from './file-invalid.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252'

/** A text that was sent, on disk, with the encoding it is in. */
export interface SpooledFile extends AsyncDisposable {
  encoding: Encoding
  /** From its beginning, any number of times. */
  text(): AsyncIterable<string>
}

/**
 * Takes a body of any size in constant memory, because its encoding is known at its end alone, and because whoever sends
 * slowly keeps nobody's transaction open. The file has no name while it is used: a process that is killed leaves nothing.
 * Throws REQUEST_TOO_LARGE, and IMPORT_FILE_INVALID for what is empty or not text.
 */
export async function spoolFile(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<SpooledFile> {
  const path = join(tmpdir(), `tenantry-import-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  try {
    await unlink(path)
    const encoding = await write(file, body, maxBytes)
    return { encoding, text: () => textIn(file, encoding), [Symbol.asyncDispose]: () => file.close() }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function write(file: FileHandle, body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Encoding> {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let [size, isUtf8, isUtf16] = [0, true, false]
  for await (const chunk of body) {
    if (size === 0) isUtf16 = chunk[0] === 0xff && chunk[1] === 0xfe
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge(maxBytes)
    if (!isUtf16 && chunk.includes(0)) throw fileInvalid('not_text')
    isUtf8 &&= decodes(utf8, chunk)
    await file.write(chunk)
  }
  if (size === 0) throw fileInvalid('empty')
  if (isUtf16) return 'utf-16le'
  return isUtf8 && decodes(utf8) ? 'utf-8' : 'windows-1252'
}

/** Without the mark that a text may begin with. */
async function* textIn(file: FileHandle, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  const buffer = Buffer.allocUnsafe(1 << 16)
  for (let position = 0; ;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position)
    if (bytesRead === 0) break
    position += bytesRead
    yield decoder.decode(buffer.subarray(0, bytesRead), { stream: true })
  }
  yield decoder.decode()
}

/** Without a chunk: whether the text ends where a character ends. */
function decodes(decoder: TextDecoder, chunk?: Uint8Array): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined })
    return true
  } catch {
    return false
  }
}

function tooLarge(maxBytes: number): TenantryError {
  const megabytes = Math.floor(maxBytes / 1_048_576)
  return new TenantryError('REQUEST_TOO_LARGE', { message: `A file of rows may have at most ${megabytes} MB.` })
}
