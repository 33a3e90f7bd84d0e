import { TenantryError } from '@tenantry/errors'
import { openFolderStore } from '@tenantry/files/folder-store'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TenantFiles } from '../planes.ts'
import { keepFiles } from './keep-files.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tenantry-files-'))
})
afterAll(() => rm(root, { recursive: true }))

const own = () => openFolderStore(root).of(v7())
const file = (fileName: string, text = 'A text') => ({ fileName, bytes: Buffer.from(text) })

async function keysOf(files: TenantFiles): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of files.list()) keys.push(key)
  return keys
}

test('what the rules for files refuse is named with its reason and not stored, and the others are kept', async () => {
  const files = own()
  const given = [
    file('plan.txt'),
    file('setup.exe', 'MZ'.padEnd(300, '\0')),
    file('large.txt', 'x'.repeat(1_001)),
    file('empty.txt', ''),
    file('../a\u202Egpj.\0exe'),
    file('  '),
  ]
  const { kept, refused } = await keepFiles(files, given, { maxBytes: 1_000 })
  expect(kept.map(({ fileName }) => fileName)).toEqual(['plan.txt', '.._a_gpj._exe', 'file'])
  expect(kept[0]).toMatchObject({ byteSize: 6, mediaType: 'text/plain' })
  expect(refused).toEqual([
    { fileName: 'setup.exe', reason: 'Programs cannot be stored.' },
    { fileName: 'large.txt', reason: 'A file may have at most 0 MB.' },
    { fileName: 'empty.txt', reason: 'The file is empty.' },
  ])
  expect((await keysOf(files)).toSorted()).toEqual(kept.map(({ storageKey }) => storageKey).toSorted())
})

test('of very many files the first hundred are kept, and the others are named', async () => {
  const given = Array.from({ length: 102 }, (_, n) => file(`${n}.txt`))
  const { kept, refused } = await keepFiles(own(), given, { maxBytes: 100 })
  expect([kept.length, refused.map(({ fileName }) => fileName)]).toEqual([100, ['100.txt', '101.txt']])
})

test('when the store fails at one of the files, nothing of them stays', async () => {
  const files = own()
  let puts = 0
  const failing: TenantFiles = {
    put: (key, body) => {
      puts += 1
      if (puts === 3) throw new TenantryError('FILE_STORE_UNAVAILABLE')
      return files.put(key, body)
    },
    get: (key, range) => files.get(key, range),
    remove: (key) => files.remove(key),
    list: () => files.list(),
    removeAll: () => files.removeAll(),
    removeUnfinished: (before) => files.removeUnfinished(before),
  }
  const keeping = keepFiles(failing, [file('a.txt'), file('b.txt'), file('c.txt')], { maxBytes: 100 })
  await expect(keeping).rejects.toMatchObject({ code: 'FILE_STORE_UNAVAILABLE' })
  expect([puts, await keysOf(files)]).toEqual([3, []])
})
