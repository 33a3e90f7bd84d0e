import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileKey, previewKey } from '../store/file-key.ts'
import { openFolderStore } from '../store/folder-store.ts'
import type { TenantFiles } from '../store/store.ts'
import { once, storeFile } from './examine.ts'

let root = ''
let files: TenantFiles
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tenantry-files-'))
  files = openFolderStore(root).of(v7())
})
afterAll(() => rm(root, { recursive: true }))

const maxBytes = 1_048_576

async function stored(body: AsyncIterable<Uint8Array> | Buffer) {
  const key = fileKey('attachments', v7())
  const given = Buffer.isBuffer(body) ? once(body) : body
  return { key, file: await storeFile(files, { key, body: given, maxBytes }) }
}

async function keys(): Promise<string[]> {
  const found: string[] = []
  for await (const { key } of files.list()) found.push(key)
  return found.toSorted()
}

test('a file is what its bytes say, with their size and hash', async () => {
  const pdf = Buffer.from('%PDF-1.7\n%%EOF')
  const { file } = await stored(pdf)
  expect(file).toMatchObject({ mediaType: 'application/pdf', byteSize: pdf.length, width: null, height: null })
  expect(Buffer.from(file.sha256).toString('hex')).toBe(createHash('sha256').update(pdf).digest('hex'))
  expect((await stored(Buffer.from('name;città\n'))).file.mediaType).toBe('text/plain')
  // What a browser would run is text or nothing known, never a page or an image.
  expect((await stored(Buffer.from('<html><script>alert(1)</script>'))).file.mediaType).toBe('text/plain')
  expect((await stored(Buffer.from([0, 1, 2, 3]))).file.mediaType).toBe('application/octet-stream')
})

test('a text that is cut inside of a character is still a text', async () => {
  const text = Buffer.from(`${'a'.repeat(65_535)}€${'b'.repeat(10)}`)
  expect((await stored(text)).file.mediaType).toBe('text/plain')
})

test('an image gets a smaller copy without where it was taken, turned as it is meant to be seen', async () => {
  const image = sharp({ create: { width: 900, height: 600, channels: 3, background: 'gold' } })
  const bytes = await image
    .withExif({ IFD0: { Copyright: 'Ada' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  const { key, file } = await stored(bytes)
  expect(file).toMatchObject({ mediaType: 'image/jpeg', width: 600, height: 900 })
  const preview = await files.get(previewKey(key))
  const chunks: Buffer[] = []
  for await (const chunk of preview?.body ?? []) chunks.push(chunk as Buffer)
  const drawn = Buffer.concat(chunks)
  expect(drawn.subarray(8, 12).toString()).toBe('WEBP')
  expect(drawn.includes('Ada') || drawn.includes('EXIF')).toBe(false)
})

test('an image that is broken, or larger than anybody’s camera, is kept without a preview', async () => {
  const small = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  for (const bytes of [small.subarray(0, 60), saysToBe(small, 60_000, 60_000)]) {
    const before = await keys()
    const { key, file } = await stored(bytes)
    expect(file).toMatchObject({ mediaType: 'image/png', width: null, height: null })
    expect(await keys()).toEqual([...before, key].toSorted())
  }
})

test('a drawing that can name other files is not drawn', async () => {
  const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
  expect((await stored(Buffer.from(svg))).file).toMatchObject({ mediaType: 'application/xml', width: null })
})

test('nothing stays of a file that is too large, empty or a program', async () => {
  const before = await keys()
  let sent = 0
  async function* endless() {
    for (;;) {
      sent += 65_536
      yield await Promise.resolve(Buffer.alloc(65_536, 97))
    }
  }
  await expect(stored(endless())).rejects.toMatchObject({ code: 'REQUEST_TOO_LARGE' })
  expect(sent).toBeLessThan(maxBytes * 2)
  await expect(stored(Buffer.alloc(0))).rejects.toMatchObject({ code: 'BAD_INPUT' })
  for (const program of [
    Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]),
    Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]), Buffer.alloc(200)]),
    Buffer.concat([Buffer.from([0xcf, 0xfa, 0xed, 0xfe]), Buffer.alloc(200)]),
  ]) {
    await expect(stored(program)).rejects.toMatchObject({ code: 'BAD_INPUT', message: 'Programs cannot be stored.' })
  }
  expect(await keys()).toEqual(before)
})

test('a file of exactly the limit is taken', async () => {
  expect((await stored(Buffer.alloc(maxBytes, 97))).file.byteSize).toBe(maxBytes)
})

/** A PNG whose head claims another size than it has, with the checksum made right. */
function saysToBe(png: Buffer, width: number, height: number): Buffer {
  const bomb = Buffer.from(png)
  bomb.writeUInt32BE(width, 16)
  bomb.writeUInt32BE(height, 20)
  bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29)
  return bomb
}
