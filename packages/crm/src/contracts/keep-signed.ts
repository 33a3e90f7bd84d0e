import type { AttachmentInput } from '@tenantry/contracts/attachments'
import type { Contract } from '@tenantry/contracts/contracts'
import type { ContractId } from '@tenantry/contracts/ids'
import type { TenantDb } from '@tenantry/tenant-db/types'

/** A file that is stored already. */
export type StoredPdf = Omit<AttachmentInput, 'links' | 'communicationId' | 'isEvidence' | 'description' | 'category'>

/**
 * What is to be made of a contract: `due` for one that is complete and has no file yet; `over` for one whose file is kept;
 * undefined for one that is not there or not complete, which may be a moment later.
 */
export function stateOfSigned(contract: Contract | undefined): 'due' | 'over' | undefined {
  if (contract?.status !== 'completed') return undefined
  return contract.signedPdfAttachmentId === null ? 'due' : 'over'
}

/**
 * Keeps the file of a complete contract for good, beside the contract and its company. False where one is kept already: of
 * two who have made it at the same time, one keeps theirs. Throws RULE_VIOLATED for a contract that is not complete.
 */
export async function keepSigned(db: TenantDb, id: ContractId, file: StoredPdf): Promise<boolean> {
  const contract = await db.contracts.findLocked(id)
  if (contract === undefined || stateOfSigned(contract) === 'over') return false
  const { id: attachmentId } = await db.attachments.create({
    ...file,
    isEvidence: true,
    links: [
      { entity: 'contract', id },
      { entity: 'account', id: contract.accountId },
    ],
  })
  await db.contracts.keepSigned({ id, attachmentId })
  return true
}
