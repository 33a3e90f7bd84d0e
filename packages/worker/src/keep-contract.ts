import type { GrantsRepository } from '@tenantry/app-db/types'
import { maxFileBytes } from '@tenantry/contracts/attachments'
import type { ContractId, TenantId } from '@tenantry/contracts/ids'
import { contractDocument } from '@tenantry/crm/document-views'
import { keepSigned, stateOfSigned } from '@tenantry/crm/keep-signed-contract'
import type { DataSources } from '@tenantry/data-sources'
import { documentFileName, type DocumentView } from '@tenantry/documents/view'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { forgetFile, once, storeFile } from '@tenantry/files/examine'
import { fileKey } from '@tenantry/files/file-key'
import type { FileStore } from '@tenantry/files/store'
import { v4 } from 'uuid'
import type { Attempt } from './send-mail.ts'

export interface ContractNeeds {
  app: { grants: GrantsRepository }
  dataSources: Pick<DataSources, 'withTenantWriter'>
  files: FileStore
  /** Called between any two steps, for whoever wants to see what a crash there does. */
  onStep?: (step: ContractStep) => void
}

export const contractSteps = ['drawn', 'stored', 'kept'] as const
export type ContractStep = (typeof contractSteps)[number]

/**
 * Makes the file of a contract that everybody has signed, and keeps it for good. It is drawn and stored in no transaction, and
 * named by the contract in one: of two who do it at once, one keeps theirs and the other's is forgotten; what a process that
 * dies in between has stored is a file that no record names, which `doctor --sweep` finds. Throws for an attempt that is worth
 * another.
 */
export async function keepContract(
  { app, dataSources, files, onStep }: ContractNeeds,
  { tenantId, contractId }: { tenantId: TenantId; contractId: ContractId },
  attempt: Attempt,
): Promise<void> {
  const why = { reason: 'a contract that everybody has signed', access: 'write', requestId: attempt.requestId } as const
  const grant = () => app.grants.forJob('keep contract', tenantId, why)
  try {
    // By the writing handle: a replica may not have the last signature yet.
    const found = await dataSources.withTenantWriter(await grant(), async (db) => {
      const contract = await db.contracts.findLocked(contractId)
      const state = stateOfSigned(contract)
      return { state, document: contract && state === 'due' ? await contractDocument(db, contract) : undefined }
    })
    if (found.state === undefined) return assertNeverSigned(attempt)
    if (found.document === undefined) return
    const view: DocumentView = { kind: 'contract', document: found.document }
    // What draws takes a second to load, which a worker that draws nothing does without.
    const { renderDocument } = await import('@tenantry/documents')
    const pdf = await renderDocument(view)
    onStep?.('drawn')
    const [own, key] = [files.of(tenantId), fileKey('attachments', v4())]
    const stored = await storeFile(own, { key, body: once(pdf), maxBytes: maxFileBytes })
    onStep?.('stored')
    const file = { ...stored, fileName: documentFileName(view), storageKey: key }
    let isKept: boolean
    try {
      isKept = await dataSources.withTenantWriter(await grant(), (db) => keepSigned(db, contractId, file))
    } catch (error) {
      // It may have been written after all when the connection was lost while committing.
      if (!isTenantryError(error, 'COMMIT_UNKNOWN')) await forgetFile(own, key)
      throw error
    }
    if (!isKept) await forgetFile(own, key)
    onStep?.('kept')
  } catch (error) {
    throw withoutData(error)
  }
}

/** A signature that is not there is not committed yet, or never will be: after some attempts it is certain which. */
function assertNeverSigned({ number }: Attempt): void {
  if (number >= patience) return
  throw new TenantryError('NOT_FOUND')
}

/** The fifth attempt is made after a minute and a half: no transaction of a request lives that long. */
const patience = 5

/** The queue keeps what a job throws: a code and no more. */
function withoutData(error: unknown): TenantryError {
  const code = isTenantryError(error) ? error.code : 'INTERNAL'
  return new TenantryError(code, { message: `A signed contract could not be kept: ${code}.` })
}
