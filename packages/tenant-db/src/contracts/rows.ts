import type { LeasedDrizzle } from '@tenantry/connections/database'
import type { ContractStatus } from '@tenantry/contracts/contracts'
import { sql } from 'drizzle-orm'
import { companyName } from '../accounts/company-name.ts'
import { accounts } from '../accounts/table.ts'
import { envelopeOf, sameRow } from '../records/record-table.ts'
import { signerList, signersInOrder } from './signers.ts'
import { contracts } from './table.ts'

/** Contracts as a list shows them, up to WHERE. */
export function selectListedContracts(db: LeasedDrizzle) {
  return db
    .select(listed)
    .from(contracts)
    .leftJoin(accounts, sameRow(accounts, accounts.id, contracts.accountId))
}

/** Contracts with what is signed and by whom, up to WHERE. */
export function selectContracts(db: LeasedDrizzle) {
  return db
    .select({
      ...listed,
      notes: contracts.notes,
      bodyHtml: contracts.bodyHtml,
      bodySha256: sql<string>`encode(${contracts.bodySha256}, 'hex')`,
      signers: signerList,
    })
    .from(contracts)
    .leftJoin(accounts, sameRow(accounts, accounts.id, contracts.accountId))
    .crossJoinLateral(signersInOrder)
}

/** That the time to sign is over follows from the clock; nobody has to store it. */
export const currentStatus = sql<ContractStatus>`(case when ${contracts.status} in ('sent', 'viewed', 'signed')
  and ${contracts.expiresAt} <= now() then 'expired' else ${contracts.status} end)`

const listed = {
  id: contracts.id,
  number: contracts.number,
  title: contracts.title,
  status: currentStatus,
  accountId: contracts.accountId,
  accountName: companyName,
  quoteId: contracts.quoteId,
  eventId: contracts.eventId,
  reference: contracts.reference,
  expiresAt: contracts.expiresAt,
  sentAt: contracts.sentAt,
  completedAt: contracts.completedAt,
  voidedReason: contracts.voidedReason,
  signedPdfAttachmentId: contracts.signedPdfAttachmentId,
  ...envelopeOf(contracts),
}
