import { attachmentInput } from '@tenantry/testing/factories/attachment'
import { once } from '@tenantry/files/examine'
import { fileKey, previewKey, type FileKey } from '@tenantry/files/file-key'
import { openFolderStore } from '@tenantry/files/folder-store'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { operatorGrant, stageFleet, type FleetStage } from '../stage.fixture.ts'
import { compareFiles, sweepFiles } from './compare-files.ts'

let stage: FleetStage
const folder = mkdtempSync(join(tmpdir(), 'fleet-files-'))
const store = openFolderStore(folder)
beforeAll(async () => {
  stage = await stageFleet()
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await stage.close()
})

const soon = () => new Date(Date.now() + 60_000)

test.each(['dedicated', 'shared'] as const)(
  'a file without a record and a record without a file are named, and only the first is swept: %s',
  async (placement) => {
    const { slug, files, add, stored } = await company(placement)
    const whole = await add('whole.png', { width: 1, height: 1 }, ['file', 'preview'])
    const lost = await add('lost.txt', {}, [])
    const [unnamed, orphaned] = [await stored(), await stored('previews')]
    const compare = (olderThan: Date) =>
      compareFiles({ dataSources: stage.dataSources, grant: () => operatorGrant(stage, slug), files, olderThan })

    const found = await compare(soon())
    expect(found).toEqual({ files: 2, missing: ['lost.txt'], unnamed: expect.any(Array) as unknown })
    expect(found.unnamed.toSorted()).toEqual([unnamed, orphaned].toSorted())
    // An upload under way stores its file first.
    expect((await compare(new Date(Date.now() - 60_000))).unnamed).toEqual([])

    expect(await sweepFiles(files, found.unnamed, soon())).toBe(2)
    expect(await compare(soon())).toEqual({ files: 1, missing: ['lost.txt'], unnamed: [] })
    const kept = await files.get(previewKey(whole))
    kept?.body.destroy()
    expect(kept?.byteSize).toBe(5)
    expect(await files.get(lost)).toBeUndefined()
  },
)

test('more files than a page are compared, each with its own record', async () => {
  const { slug, files, stored } = await company('dedicated')
  const keys: FileKey[] = []
  for (let n = 0; n < 40; n++) keys.push(await stored())
  const inputs = [
    ...keys.map((storageKey) => attachmentInput({ storageKey })),
    ...Array.from({ length: 1_000 }, () => attachmentInput()),
  ]
  for (let from = 0; from < inputs.length; from += 100) {
    const grant = await operatorGrant(stage, slug)
    await stage.dataSources.withTenantWriter(grant, async (db) => {
      for (const input of inputs.slice(from, from + 100)) await db.attachments.create(input)
    })
  }
  const found = await compareFiles({
    dataSources: stage.dataSources,
    grant: () => operatorGrant(stage, slug),
    files,
    olderThan: soon(),
  })
  expect([found.files, found.missing.length, found.unnamed]).toEqual([40, 1_000, []])
})

async function company(placement: 'dedicated' | 'shared') {
  const input = stage.input({ placement })
  const { plan } = await stage.create(input)
  const files = store.of(plan.tenantId)
  const stored = async (into: 'attachments' | 'previews' = 'attachments') => {
    const key = fileKey(into, randomUUID())
    await files.put(key, once(Buffer.from('bytes')))
    return key
  }
  const add = async (fileName: string, size: { width?: number; height?: number }, parts: ('file' | 'preview')[]) => {
    const key = fileKey('attachments', randomUUID())
    if (parts.includes('file')) await files.put(key, once(Buffer.from('bytes')))
    if (parts.includes('preview')) await files.put(previewKey(key), once(Buffer.from('small')))
    const grant = await operatorGrant(stage, input.slug)
    await stage.dataSources.withTenantWriter(grant, (db) =>
      db.attachments.create(attachmentInput({ fileName, storageKey: key, ...size })),
    )
    return key
  }
  return { slug: input.slug, files, add, stored }
}
