import type { Readable } from 'node:stream'
import type { FileKey } from './file-key.ts'

/** Where the files of all tenants lie. It answers nothing by itself: whoever wants a file says whose, once. */
export interface FileStore extends AsyncDisposable {
  /** Throws a TypeError for an owner that is no UUID, before anything is asked of the disk or the network. */
  of(owner: string): TenantFiles
  /** The owners of whom anything is stored, for a sweep that finds what deleted tenants have left. */
  owners(): AsyncIterable<string>
}

/**
 * The files of one tenant. A key names a file among them and nothing else: there is no key that leads to another tenant's.
 * Every method throws FILE_STORE_UNAVAILABLE when disk or server fail.
 */
export interface TenantFiles {
  /**
   * Takes the whole of `body`, or nothing: a file is there under its key once its last byte is safely stored. Whatever
   * `body` throws is thrown on, and nothing stays. What had the key before is replaced.
   */
  put(key: FileKey, body: AsyncIterable<Uint8Array>): Promise<void>
  /** Undefined when there is no such file. Reading it may still fail later: then the stream does. */
  get(key: FileKey, range?: ByteRange): Promise<StoredBytes | undefined>
  /** Does nothing to a file that is not there. */
  remove(key: FileKey): Promise<void>
  /** Everything there is, in no order. Also what lies under a key that is none of ours. */
  list(): AsyncIterable<ListedFile>
  /** All of them, at the end of a tenant. */
  removeAll(): Promise<void>
  /** Forgets uploads that ended before `before` without an end of their own. */
  removeUnfinished(before: Date): Promise<number>
}

/** Both ends are included, as in HTTP. */
export interface ByteRange {
  first: number
  last: number
}

export interface StoredBytes {
  /** Of the whole file, whatever part was asked for. */
  byteSize: number
  body: Readable
}

export interface ListedFile {
  key: string
  byteSize: number
  modifiedAt: Date
}
