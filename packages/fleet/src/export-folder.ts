import { TenantryError } from '@tenantry/errors'
import { lstat, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Says of a folder that an export into it came to its end, and whose it is. Written last. */
export const manifestName = 'manifest.json'

/**
 * Throws CONFLICT for a place that has something in it, unless the same run has put it there: what a folder holds may be
 * the only copy of somebody else's rows.
 */
export async function assertFreeForExport(folder: string, runId: string): Promise<void> {
  if ((await isMissingOrEmpty(folder)) || (await runOf(folder)) === runId) return
  throw taken(folder)
}

/** Gives an export that is whole its name. Replaces nothing but an empty folder, or what the same run put there before. */
export async function giveName(unfinished: string, folder: string, runId: string): Promise<void> {
  await assertFreeForExport(folder, runId)
  if ((await runOf(folder)) === runId) await rm(folder, { recursive: true })
  // It removes no folder that has something in it, also not what came after the look.
  else await rmdir(folder).catch(ignoreMissing)
  await rename(unfinished, folder)
}

async function isMissingOrEmpty(folder: string): Promise<boolean> {
  try {
    // A link is no folder: it could not be replaced by one.
    return (await lstat(folder)).isDirectory() && (await readdir(folder)).length === 0
  } catch (error) {
    ignoreMissing(error)
    return true
  }
}

/** Undefined for whatever is no export, or is not whole. */
async function runOf(folder: string): Promise<unknown> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, manifestName), 'utf8'))
    return typeof manifest === 'object' && manifest !== null && 'run' in manifest ? manifest.run : undefined
  } catch {
    return undefined
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
}

function taken(folder: string): TenantryError {
  return new TenantryError('CONFLICT', {
    message: `There is something at ${folder} already, and an export replaces nothing. Name a folder that is new or empty with --export-to.`,
    data: { field: 'exportFolder' },
  })
}
