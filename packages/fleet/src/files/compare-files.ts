import type { DataSources, TenantGrant, TenantReader } from '@tenantry/data-sources'
import { asFileKey, previewKey } from '@tenantry/files/file-key'
import type { TenantFiles } from '@tenantry/files/store'

type FilePlace = Awaited<ReturnType<TenantReader['attachments']['places']>>[number]

/** Where the records of a tenant's files and the stored files differ. */
export interface FileDifferences {
  /** Stored files, previews left out. */
  files: number
  /** Names of records whose file is not there; nothing but a backup brings it back. */
  missing: string[]
  /** Keys of stored files that no record names: an upload was killed between the two, or a record was restored away. */
  unnamed: string[]
}

export interface CompareFilesOptions {
  dataSources: Pick<DataSources, 'withTenant'>
  /** Asked once, when all files are listed: that may take longer than a grant lasts. */
  grant: () => Promise<TenantGrant>
  files: TenantFiles
  /** Files that are younger may belong to an upload under way and are left alone. */
  olderThan: Date
}

/** How old a file must be before it counts as forgotten: longer than any upload can take. */
export const uploadGraceMs = 3_600_000

/** Compares both sides, files first: a record that is written meanwhile is found, and a file that is stored meanwhile is too young. */
export async function compareFiles({
  dataSources,
  grant,
  files,
  olderThan,
}: CompareFilesOptions): Promise<FileDifferences> {
  const stored = new Map<string, Date>()
  for await (const { key, modifiedAt } of files.list()) stored.set(key, modifiedAt)
  const named = new Set<string>()
  const doubtful: FilePlace[] = []
  for await (const place of placesOf(dataSources, await grant())) {
    const key = asFileKey(place.storageKey)
    named.add(place.storageKey)
    if (key !== undefined && place.width !== null) named.add(previewKey(key))
    if (place.state === 'ready' && !stored.has(place.storageKey)) doubtful.push(place)
  }
  const missing: string[] = []
  for (const { storageKey, fileName } of doubtful) {
    // It may have come after the files were listed.
    if (!(await isThere(files, storageKey))) missing.push(fileName)
  }
  const unnamed = [...stored].filter(([key, at]) => !named.has(key) && at < olderThan).map(([key]) => key)
  const originals = [...stored.keys()].filter((key) => !key.startsWith('previews/'))
  return { files: originals.length, missing, unnamed }
}

/** Removes what no record names. Keys that are none of ours stay: whoever put them there knows why. */
export async function sweepFiles(files: TenantFiles, unnamed: readonly string[], olderThan: Date): Promise<number> {
  let removed = 0
  for (const text of unnamed) {
    const key = asFileKey(text)
    if (key === undefined) continue
    await files.remove(key)
    removed += 1
  }
  return removed + (await files.removeUnfinished(olderThan))
}

async function isThere(files: TenantFiles, storageKey: string): Promise<boolean> {
  const key = asFileKey(storageKey)
  const found = key && (await files.get(key))
  found?.body.destroy()
  return found !== undefined
}

async function* placesOf(dataSources: CompareFilesOptions['dataSources'], grant: TenantGrant) {
  let page: FilePlace[] = []
  do {
    const after = page.at(-1)?.id
    page = await dataSources.withTenant(grant, (db) => db.attachments.places({ after, limit: pageSize }))
    yield* page
  } while (page.length === pageSize)
}

const pageSize = 1000
