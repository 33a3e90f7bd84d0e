import { constants, createReadStream } from 'node:fs'
import { lstat, mkdir, open, opendir, readdir, rename, rm, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { TenantryError } from '@tenantry/errors'
import { v7 } from 'uuid'
import { isOwner, ownerFolder, type FileKey } from './file-key.ts'
import type { ByteRange, FileStore, ListedFile, StoredBytes, TenantFiles } from './store.ts'

/** Files in a folder of this machine: `<root>/<tenant>/<key>`. Whoever runs several processes gives them all the same folder. */
export function openFolderStore(root: string): FileStore {
  return {
    of: (owner) => new FolderFiles(join(root, ownerFolder(owner))),
    async *owners() {
      for (const name of await namesIn(root)) if (isOwner(name)) yield name
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

class FolderFiles implements TenantFiles {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Written beside its place under a name of its own, brought to the disk, and moved there: a reader sees all of it or nothing. */
  async put(key: FileKey, body: AsyncIterable<Uint8Array>): Promise<void> {
    const [incoming, place] = [join(this.#folder, unfinished), this.#place(key)]
    const written = join(incoming, v7())
    await translated(async () => {
      await mkdir(incoming, { recursive: true, mode: 0o700 })
      await mkdir(dirname(place), { recursive: true, mode: 0o700 })
    })
    const failures = new BodyFailures(body)
    try {
      await translated(async () => {
        // `wx`: never through a link that somebody has put there. Opened before anything can fail: a stream that opens a
        // file by itself may still make it after its body has failed, when it is removed already.
        const file = await open(written, 'wx', 0o600)
        await pipeline(failures, file.createWriteStream({ flush: true }))
        await rename(written, place)
        await syncFolder(dirname(place))
      })
    } catch (error) {
      await rm(written, { force: true })
      throw failures.thrown ?? error
    }
  }

  async get(key: FileKey, range?: ByteRange): Promise<StoredBytes | undefined> {
    const file = await translated(() => existing(() => open(this.#place(key), readOnly)))
    if (file === undefined) return undefined
    try {
      const { size } = await translated(() => file.stat())
      const part = range === undefined ? {} : { start: range.first, end: range.last }
      // The stream closes the file, however it ends.
      return { byteSize: size, body: createReadStream('', { fd: file, ...part }) }
    } catch (error) {
      await file.close()
      throw error
    }
  }

  async remove(key: FileKey): Promise<void> {
    await translated(async () => {
      const place = this.#place(key)
      if ((await existing(() => unlink(place).then(() => true))) === true) await syncFolder(dirname(place))
    })
  }

  async *list(): AsyncIterable<ListedFile> {
    for (const folder of await namesIn(this.#folder)) {
      if (folder === unfinished) continue
      yield* filesIn(join(this.#folder, folder), folder)
    }
  }

  async removeAll(): Promise<void> {
    await translated(() => rm(this.#folder, { recursive: true, force: true }))
  }

  async removeUnfinished(before: Date): Promise<number> {
    let count = 0
    for await (const { key, modifiedAt } of filesIn(join(this.#folder, unfinished), unfinished)) {
      if (modifiedAt >= before) continue
      await translated(() => rm(join(this.#folder, key), { force: true }))
      count += 1
    }
    return count
  }

  #place(key: FileKey): string {
    return join(this.#folder, key)
  }
}

/** Never through a link, which could lead out of the tenant's folder. */
const readOnly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)

/** Where uploads lie until they are whole. No key begins with it. */
const unfinished = 'unfinished'

/** Remembers what a body has thrown, which is the caller's own failure and not the disk's. */
class BodyFailures implements AsyncIterable<Uint8Array> {
  thrown: unknown
  readonly body: AsyncIterable<Uint8Array>

  constructor(body: AsyncIterable<Uint8Array>) {
    this.body = body
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      yield* this.body
    } catch (error) {
      this.thrown = error
      throw error
    }
  }
}

async function* filesIn(folder: string, prefix: string): AsyncIterable<ListedFile> {
  const entries = await translated(() => existing(() => opendir(folder)))
  if (entries === undefined) return
  for await (const { name } of entries) {
    // A file may be removed while the folder is read.
    const found = await translated(() => existing(() => lstat(join(folder, name))))
    if (found === undefined) continue
    if (found.isDirectory()) yield* filesIn(join(folder, name), `${prefix}/${name}`)
    else yield { key: `${prefix}/${name}`, byteSize: found.size, modifiedAt: found.mtime }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await translated(() => existing(() => readdir(folder)))
  return names ?? []
}

/** A file that was moved into a folder is there after a power cut only once the folder is written too. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function existing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined
    throw error
  }
}

/** Throws FILE_STORE_UNAVAILABLE, whose text names no path. */
async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isSystemError(error)) throw error
    throw new TenantryError('FILE_STORE_UNAVAILABLE', { detail: { reason: error.code }, cause: error })
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error
}
