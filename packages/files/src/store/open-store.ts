import { TenantryError } from '@tenantry/errors'
import { isAbsolute, resolve } from 'node:path'
import { openFolderStore } from './folder-store.ts'
import { openS3Store } from './s3-store.ts'
import type { FileStore } from './store.ts'
import type { FileVariables } from './variables.ts'

/**
 * A bucket when one is named, else a folder; undefined where neither is. Opens nothing yet. Throws CONFIGURATION_INVALID for half of a
 * bucket and for a folder that is not absolute.
 */
export function openFileStore(settings: FileVariables): FileStore | undefined {
  const { FILES_S3_BUCKET: bucket, FILES_FOLDER: folder } = settings
  if (bucket === undefined) return folder === undefined ? undefined : openFolderStore(resolve(absolute(folder)))
  const { FILES_S3_ENDPOINT: endpoint, FILES_S3_REGION: region = 'us-east-1' } = settings
  const { FILES_S3_ACCESS_KEY_ID: accessKeyId, FILES_S3_SECRET_ACCESS_KEY: secretAccessKey } = settings
  if (endpoint === undefined || accessKeyId === undefined || secretAccessKey === undefined) {
    throw new TenantryError('CONFIGURATION_INVALID', {
      message:
        'FILES_S3_BUCKET needs FILES_S3_ENDPOINT, FILES_S3_ACCESS_KEY_ID and FILES_S3_SECRET_ACCESS_KEY beside it.',
    })
  }
  const prefix = settings.FILES_S3_PREFIX ?? ''
  return openS3Store({ endpoint, region, bucket, accessKeyId, secretAccessKey, prefix })
}

/** Two processes that start in two folders must find the same files. */
function absolute(folder: string): string {
  if (isAbsolute(folder)) return folder
  throw new TenantryError('CONFIGURATION_INVALID', {
    message: 'FILES_FOLDER must be an absolute path, such as /var/lib/tenantry/files.',
  })
}

/** For a process that was told of no place: everything else works, and whoever asks for a file learns why there is none. */
export function noFileStore(): FileStore {
  const refuse = (): never => {
    throw new TenantryError('FILE_STORE_UNAVAILABLE', {
      message: 'This installation has no place for files yet.',
      detail: { reason: 'neither FILES_FOLDER nor FILES_S3_BUCKET is set' },
    })
  }
  return { of: refuse, owners: refuse, [Symbol.asyncDispose]: () => Promise.resolve() }
}
