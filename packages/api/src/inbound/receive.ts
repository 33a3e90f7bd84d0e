import { maxFileBytes } from '@tenantry/contracts/attachments'
import type { Communication } from '@tenantry/contracts/communications'
import type { InboundMessage } from '@tenantry/contracts/inbound'
import { receiveMessage, type ReceivedFiles } from '@tenantry/crm/receive-message'
import { isTenantryError } from '@tenantry/errors'
import { tenantFiles } from '../files/tenant-files.ts'
import type { DataSources, FileStore, TenantFiles, TenantGrant } from '../planes.ts'
import { forgetFiles, keepFiles } from './keep-files.ts'

interface ReceivingNeeds {
  dataSources: Pick<DataSources, 'withTenant' | 'withTenantWriter'>
  files: FileStore
}

const requires = '0026_files_of_messages'

/**
 * Writes a message down, with its files; undefined for one that was received before. Files are stored first, in no
 * transaction: when the message is not written down after all, they are taken back. Where store or database fail it is the
 * provider who tries again, so that neither mail nor file is lost.
 */
export async function receive(
  { dataSources, files: store }: ReceivingNeeds,
  grant: TenantGrant,
  message: InboundMessage,
): Promise<Communication | undefined> {
  if (message.files.length === 0) return dataSources.withTenantWriter(grant, (db) => receiveMessage(db, message))
  const files = placeFor(store, grant)
  if (files === undefined) {
    const refused = message.files.map(({ fileName }) => ({ fileName, reason: 'There is no place for files.' }))
    return dataSources.withTenantWriter(grant, (db) => receiveMessage(db, message, { kept: [], refused }))
  }
  const { provider, messageId: providerMessageId } = message
  const isKnown = await dataSources.withTenant(
    grant,
    (db) => db.communications.isReceived({ provider, providerMessageId }),
    { requires },
  )
  if (isKnown) return undefined
  const received = await keepFiles(files, message.files, { maxBytes: maxFileBytes })
  return writtenOrForgotten(files, received, () =>
    dataSources.withTenantWriter(grant, (db) => receiveMessage(db, message, received), { requires }),
  )
}

/** Undefined in an installation that has none, where a second attempt would not help. */
function placeFor(store: FileStore, grant: TenantGrant): TenantFiles | undefined {
  try {
    return tenantFiles(store, grant)
  } catch (error) {
    if (isTenantryError(error, 'FILE_STORE_UNAVAILABLE')) return undefined
    throw error
  }
}

async function writtenOrForgotten(
  files: TenantFiles,
  received: ReceivedFiles,
  write: () => Promise<Communication | undefined>,
): Promise<Communication | undefined> {
  let written: Communication | undefined
  try {
    written = await write()
  } catch (error) {
    // It may have been written after all when the connection was lost while committing; `doctor --sweep` finds what was not.
    if (!isTenantryError(error, 'COMMIT_UNKNOWN')) await forgetFiles(files, received)
    throw error
  }
  if (written === undefined) await forgetFiles(files, received)
  return written
}
