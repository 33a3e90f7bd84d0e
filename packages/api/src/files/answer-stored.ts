import type { FileSent } from '@tenantry/contracts/attachments'
import { TenantryError } from '@tenantry/errors'
import { asFileKey } from '@tenantry/files/file-key'
import type { TenantFiles } from '../planes.ts'
import type { FileExchange } from './file-exchange.ts'

interface StoredPlace {
  fileName: string
  mediaType: string
  byteSize: number
  storageKey: string
}

/**
 * Leaves a stored file to be sent, which is fetched after the resolver has given the database back. Then FILE_NOT_STORED is
 * thrown for one whose bytes are gone.
 */
export function answerStored(
  exchange: FileExchange | undefined,
  files: () => Pick<TenantFiles, 'get'>,
  { storageKey, ...said }: StoredPlace,
): FileSent {
  const { fileName, mediaType, byteSize } = said
  exchange?.answer({
    fileName,
    mediaType,
    byteSize,
    async body() {
      const key = asFileKey(storageKey)
      const stored = key && (await files().get(key))
      if (stored === undefined) throw new TenantryError('FILE_NOT_STORED')
      return stored.body
    },
  })
  return { fileName, mediaType, byteSize }
}
