import { FileName } from '@tenantry/contracts/attachments'
import type { InboundFile } from '@tenantry/contracts/inbound'
import type { ReceivedFiles } from '@tenantry/crm/receive-message'
import { isTenantryError } from '@tenantry/errors'
import { forgetFile, once, storeFile } from '@tenantry/files/examine'
import { asFileKey, fileKey } from '@tenantry/files/file-key'
import { v4 } from 'uuid'
import type { TenantFiles } from '../planes.ts'

/** A mail has a handful; whoever sends thousands wants something else. */
const mostFiles = 100

/**
 * Stores the files of a message by the rules for all files. One that they refuse is named with the reason, and the others are
 * kept; any other failure is thrown, and nothing stays.
 */
export async function keepFiles(
  files: TenantFiles,
  given: readonly InboundFile[],
  { maxBytes }: { maxBytes: number },
): Promise<ReceivedFiles> {
  const received: ReceivedFiles = { kept: [], refused: [] }
  try {
    for (const [place, { fileName: said, bytes }] of given.entries()) {
      const fileName = nameOf(said)
      const reason =
        place < mostFiles ? await keep({ fileName, bytes }) : `A message may have at most ${mostFiles} files.`
      if (reason !== undefined) received.refused.push({ fileName, reason })
    }
    return received
  } catch (error) {
    await forgetFiles(files, received)
    throw error
  }

  /** Why it was not kept, where it was not. */
  async function keep({ fileName, bytes }: InboundFile): Promise<string | undefined> {
    const key = fileKey('attachments', v4())
    try {
      received.kept.push({
        fileName,
        storageKey: key,
        ...(await storeFile(files, { key, body: once(bytes), maxBytes })),
      })
      return undefined
    } catch (error) {
      if (isTenantryError(error, 'BAD_INPUT') || isTenantryError(error, 'REQUEST_TOO_LARGE')) return error.message
      throw error
    }
  }
}

/** Takes back what was stored for a message that was not written down. */
export async function forgetFiles(files: TenantFiles, { kept }: ReceivedFiles): Promise<void> {
  for (const { storageKey } of kept) {
    const key = asFileKey(storageKey)
    if (key !== undefined) await forgetFile(files, key)
  }
}

/** What a sender calls a file, without what a name may not have: a mail is not refused for how its files are called. */
function nameOf(said: string): string {
  const plain = said.replaceAll(/[/\\\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, '_').trim()
  return FileName.safeParse(Array.from(plain).slice(0, 100).join('')).data ?? 'file'
}
