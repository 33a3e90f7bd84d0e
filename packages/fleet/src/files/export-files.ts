import type { TenantFiles } from '@tenantry/files/store'
import { asFileKey } from '@tenantry/files/file-key'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/**
 * Copies the files of a tenant into `files` of a folder, each under the id in the `storage_key` of its record. Previews are
 * not copied: they follow from the files. Done again, it writes the same files again.
 */
export async function exportFiles(files: TenantFiles, folder: string): Promise<number> {
  const target = join(folder, 'files')
  let count = 0
  for await (const { key } of files.list()) {
    const known = asFileKey(key)
    if (known === undefined || key.startsWith('previews/')) continue
    const stored = await files.get(known)
    if (stored === undefined) continue
    if (count === 0) await mkdir(target, { recursive: true, mode: 0o700 })
    await pipeline(stored.body, createWriteStream(join(target, basename(key)), { mode: 0o600 }))
    count += 1
  }
  return count
}
