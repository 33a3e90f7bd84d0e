import { isTenantryError } from '@tenantry/errors'
import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asFileKey, fileKey, previewKey, type FileKey } from './file-key.ts'
import { openFolderStore } from './folder-store.ts'
import { openS3Store } from './s3-store.ts'
import { startS3Server, type S3Server } from './s3-server.fixture.ts'
import type { FileStore, StoredBytes, TenantFiles } from './store.ts'

let root = ''
let server: S3Server
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tenantry-files-'))
  server = await startS3Server()
})
afterAll(async () => {
  await rm(root, { recursive: true })
  await server.close()
})

const drivers: Record<string, () => FileStore> = {
  'a folder': () => openFolderStore(root),
  'a bucket': () => openS3Store({ ...server.settings, prefix: 'files/' }),
}

describe.each(Object.keys(drivers))('files in %s', (driver) => {
  let store: FileStore
  let mine: TenantFiles
  beforeAll(() => {
    store = drivers[driver]?.() ?? openFolderStore(root)
    mine = store.of(v7())
  })

  test('a file reads as it was written, whole and in parts, whatever its size', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('Grüße'), random(8 << 20), random((17 << 20) + 3)]) {
      const key = fileKey('attachments', v7())
      await mine.put(key, inChunks(bytes))
      expect((await read(mine, key)).equals(bytes)).toBe(true)
      if (bytes.length < 6) continue
      const part = await mine.get(key, { first: 1, last: 4 })
      expect(part?.byteSize).toBe(bytes.length)
      expect((await all(part)).equals(bytes.subarray(1, 5))).toBe(true)
    }
  })

  test('another tenant has a key of the same name and finds nothing under it', async () => {
    const theirs = store.of(v7())
    const key = fileKey('attachments', v7())
    await mine.put(key, inChunks(Buffer.from('mine')))
    expect(await theirs.get(key)).toBeUndefined()
    await theirs.remove(key)
    await theirs.removeAll()
    expect(await keysOf(theirs)).toEqual([])
    expect((await read(mine, key)).toString()).toBe('mine')
  })

  test('no key and no owner can be made that leads out of a tenant', async () => {
    const other = v7()
    for (const text of [
      `../${other}/attachments/${v7()}`,
      `attachments/../../${other}/attachments/${v7()}`,
      `attachments/${v7()}/..`,
      `/etc/passwd`,
      `attachments/${v7()}.`,
      `attachments%2f${v7()}`,
      `attachments/${v7()}\n`,
      `attachments/${v7().toUpperCase()}`,
      `unfinished/${v7()}`,
      '',
    ]) {
      expect([text, asFileKey(text)]).toEqual([text, undefined])
    }
    expect(() => fileKey('attachments', `../${other}`)).toThrow(TypeError)
    for (const owner of ['', '.', '..', `${other}/..`, `${other}/`, other.toUpperCase(), '*']) {
      expect(() => store.of(owner)).toThrow(TypeError)
    }
  })

  test('a body that fails half way leaves nothing, and its own failure is what the caller gets', async () => {
    const key = fileKey('attachments', v7())
    const before = await keysOf(mine)
    for (const bytes of [random(1000), random(20 << 20)]) {
      await expect(mine.put(key, failing(bytes))).rejects.toThrow('the sender went away')
      expect(await mine.get(key)).toBeUndefined()
    }
    expect(await keysOf(mine)).toEqual(before)
    expect(await mine.removeUnfinished(new Date(Date.now() + 1000))).toBe(0)
  })

  test('what had the key stays whole until its replacement is', async () => {
    const key = fileKey('attachments', v7())
    await mine.put(key, inChunks(Buffer.from('first')))
    await expect(mine.put(key, failing(Buffer.from('second')))).rejects.toThrow('the sender went away')
    expect((await read(mine, key)).toString()).toBe('first')
    await mine.put(key, inChunks(Buffer.from('second')))
    expect((await read(mine, key)).toString()).toBe('second')
  })

  test('removing a file removes it and nothing beside it; twice is no error', async () => {
    const [key, other] = [fileKey('attachments', v7()), fileKey('attachments', v7())]
    await mine.put(key, inChunks(Buffer.from('a')))
    await mine.put(previewKey(key), inChunks(Buffer.from('p')))
    await mine.put(other, inChunks(Buffer.from('b')))
    await mine.remove(key)
    await mine.remove(key)
    expect(await mine.get(key)).toBeUndefined()
    expect((await read(mine, previewKey(key))).toString()).toBe('p')
    expect((await read(mine, other)).toString()).toBe('b')
  })

  test('a list names every file of the tenant with its size, and the store every tenant', async () => {
    const owner = v7()
    const files = store.of(owner)
    const keys = Array.from({ length: 5 }, () => fileKey('attachments', v7()))
    for (const [i, key] of keys.entries()) await files.put(key, inChunks(Buffer.alloc(i + 1)))
    const found: { key: string; byteSize: number }[] = []
    for await (const { key, byteSize, modifiedAt } of files.list()) {
      found.push({ key, byteSize })
      expect(Math.abs(Date.now() - modifiedAt.getTime())).toBeLessThan(60_000)
    }
    expect(found.toSorted((a, b) => a.byteSize - b.byteSize)).toEqual(keys.map((key, i) => ({ key, byteSize: i + 1 })))
    expect(await collect(store.owners())).toContain(owner)
    await files.removeAll()
    expect(await keysOf(files)).toEqual([])
    expect(await collect(store.owners())).not.toContain(owner)
  })
})

describe('a folder', () => {
  test('an upload that a killed process left is no file, and is cleared once it is old', async () => {
    const owner = v7()
    const files = openFolderStore(root).of(owner)
    await mkdir(join(root, owner, 'unfinished'), { recursive: true })
    const left = join(root, owner, 'unfinished', v7())
    await writeFile(left, 'half')
    await utimes(left, new Date(0), new Date(0))
    await writeFile(join(root, owner, 'unfinished', v7()), 'under way')
    expect(await keysOf(files)).toEqual([])
    expect(await files.removeUnfinished(new Date(Date.now() - 60_000))).toBe(1)
    expect(await readdir(join(root, owner, 'unfinished'))).toHaveLength(1)
  })

  test('is never left through a link that lies in it', async () => {
    const [owner, other] = [v7(), v7()]
    const theirs = openFolderStore(root).of(other)
    const key = fileKey('attachments', v7())
    await theirs.put(key, inChunks(Buffer.from('theirs')))
    await mkdir(join(root, owner, 'attachments'), { recursive: true })
    await symlink(join(root, other, key), join(root, owner, key))
    await expect(openFolderStore(root).of(owner).get(key)).rejects.toMatchObject({ code: 'FILE_STORE_UNAVAILABLE' })
  })

  test('that cannot be written says so without its path', async () => {
    await writeFile(join(root, 'taken'), '')
    const files = openFolderStore(join(root, 'taken')).of(v7())
    const error: unknown = await files
      .put(fileKey('attachments', v7()), inChunks(Buffer.from('x')))
      .catch((caught: unknown) => caught)
    expect(isTenantryError(error, 'FILE_STORE_UNAVAILABLE')).toBe(true)
    expect(JSON.stringify([(error as Error).message, (error as { detail?: unknown }).detail])).not.toContain(root)
  })
})

describe('a bucket', () => {
  test('takes nothing that is not signed with its secret', async () => {
    const files = openS3Store({ ...server.settings, secretAccessKey: 'another' }).of(v7())
    const { refused } = server.seen
    const error: unknown = await files
      .put(fileKey('attachments', v7()), inChunks(Buffer.from('x')))
      .catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'FILE_STORE_UNAVAILABLE', detail: { reason: 'status 403' } })
    expect(server.seen.refused).toBeGreaterThan(refused)
  })

  test('is asked again after a failure that may pass, and no more than three times', async () => {
    const files = openS3Store(server.settings).of(v7())
    const key = fileKey('attachments', v7())
    server.faults.next = 2
    await files.put(key, inChunks(Buffer.from('x')))
    expect((await read(files, key)).toString()).toBe('x')
    server.faults.next = 3
    await expect(files.get(key)).rejects.toMatchObject({ code: 'FILE_STORE_UNAVAILABLE' })
    expect(server.faults.next).toBe(0)
  })

  test('keeps no parts of an upload that a killed process left, once it is old', async () => {
    const owner = v7()
    const files = openS3Store(server.settings).of(owner)
    const name = `${owner}/${fileKey('attachments', v7())}`
    server.uploads.set('left', { name, at: new Date(0), parts: new Map() })
    server.uploads.set('young', { name, at: new Date(), parts: new Map() })
    server.uploads.set('theirs', { name: `${v7()}/${fileKey('attachments', v7())}`, at: new Date(0), parts: new Map() })
    expect(await files.removeUnfinished(new Date(Date.now() - 60_000))).toBe(1)
    expect([...server.uploads.keys()]).toEqual(['young', 'theirs'])
  })
})

async function read(files: TenantFiles, key: FileKey): Promise<Buffer> {
  return all(await files.get(key))
}

async function all(stored: StoredBytes | undefined): Promise<Buffer> {
  if (stored === undefined) throw new Error('there is no such file')
  return Buffer.concat(await collect<Buffer>(stored.body))
}

async function keysOf(files: TenantFiles): Promise<string[]> {
  return (await collect(files.list())).map(({ key }) => key).toSorted()
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

function random(bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  for (let i = 0; i + 4 <= bytes; i += 4) buffer.writeUInt32LE((Math.imul(i, 2_654_435_761) >>> 0) % 4_294_967_295, i)
  return buffer
}

async function* inChunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 700_001) yield await Promise.resolve(bytes.subarray(at, at + 700_001))
}

async function* failing(bytes: Buffer): AsyncGenerator<Buffer> {
  yield* inChunks(bytes)
  throw new Error('the sender went away')
}
