import { Readable } from 'node:stream'
import { asFileKey, isOwner, ownerFolder, type FileKey } from './file-key.ts'
import { S3Bucket, type S3Settings } from './s3-bucket.ts'
import type { ByteRange, FileStore, ListedFile, StoredBytes, TenantFiles } from './store.ts'

/** Files in a bucket of any server that speaks S3: `<prefix><tenant>/<key>`. */
export function openS3Store({ prefix = '', ...settings }: S3Settings & { prefix?: string }): FileStore {
  const bucket = new S3Bucket(settings)
  return {
    of: (owner) => new S3Files(bucket, `${prefix}${ownerFolder(owner)}/`),
    async *owners() {
      for await (const folder of bucket.folders(prefix)) if (isOwner(folder)) yield folder
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

/** More than this is sent in parts of this size, so that an upload of any length takes no more memory. */
const partBytes = 8 * 1024 * 1024

class S3Files implements TenantFiles {
  readonly #bucket: S3Bucket
  readonly #prefix: string

  constructor(bucket: S3Bucket, prefix: string) {
    this.#bucket = bucket
    this.#prefix = prefix
  }

  async put(key: FileKey, body: AsyncIterable<Uint8Array>): Promise<void> {
    const name = this.#prefix + key
    const parts = partsOf(body)[Symbol.asyncIterator]()
    const first = await parts.next()
    const second = first.done === true ? first : await parts.next()
    if (second.done === true) return this.#bucket.put(name, first.done === true ? Buffer.alloc(0) : first.value)
    const upload = await this.#bucket.beginUpload(name)
    try {
      const tags = [await upload.putPart(1, first.done === true ? Buffer.alloc(0) : first.value)]
      for (let part: IteratorResult<Buffer> = second; part.done !== true; part = await parts.next()) {
        tags.push(await upload.putPart(tags.length + 1, part.value))
      }
      await upload.complete(tags)
    } catch (error) {
      await upload.abort()
      throw error
    }
  }

  async get(key: FileKey, range?: ByteRange): Promise<StoredBytes | undefined> {
    const answer = await this.#bucket.get(this.#prefix + key, range)
    return answer && { byteSize: answer.byteSize, body: Readable.from(answer.body) }
  }

  remove(key: FileKey): Promise<void> {
    return this.#bucket.remove(this.#prefix + key)
  }

  async *list(): AsyncIterable<ListedFile> {
    for await (const { name, ...file } of this.#bucket.list(this.#prefix)) {
      yield { key: name.slice(this.#prefix.length), ...file }
    }
  }

  async removeAll(): Promise<void> {
    for await (const { name } of this.#bucket.list(this.#prefix)) await this.#bucket.remove(name)
    await this.removeUnfinished(new Date(8.64e15))
  }

  async removeUnfinished(before: Date): Promise<number> {
    let count = 0
    for await (const upload of this.#bucket.uploads(this.#prefix)) {
      // What lies under a name that is none of ours was not begun here.
      if (upload.begunAt >= before || asFileKey(upload.name.slice(this.#prefix.length)) === undefined) continue
      await upload.abort()
      count += 1
    }
    return count
  }
}

/** The same bytes in buffers of `partBytes`, the last of which may be shorter. */
async function* partsOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    held.push(chunk)
    bytes += chunk.byteLength
    while (bytes >= partBytes) {
      const all = Buffer.concat(held)
      yield all.subarray(0, partBytes)
      held = [all.subarray(partBytes)]
      bytes -= partBytes
    }
  }
  if (bytes > 0) yield Buffer.concat(held)
}
