import type { Contract, ContractInput, Signature } from '@tenantry/contracts/contracts'
import { TenantryError } from '@tenantry/errors'
import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { contractSigners } from '../contract-signers/table.ts'
import { assertStatus } from '../documents/assert-draft.ts'
import { takeNumber } from '../number-series/take-number.ts'
import type { Acting } from '../records/acting.ts'
import { createRecord, lockRecord, transactionTime, writeChange, type RecordVersion } from '../records/change-record.ts'
import { readQuote } from '../quotes/family.ts'
import { lockAndRead } from '../records/lock.ts'
import { contractFields, contractRecord, signedBy } from './record.ts'
import { contracts } from './table.ts'

/** In which somebody can still sign or decline. */
const open = ['sent', 'viewed', 'signed'] as const

/** A draft with the next number. */
export async function createContract(
  acting: Acting,
  input: ContractInput & { eventId?: string | null },
): Promise<Contract> {
  const fields = contractFields({ ...input, status: 'draft' })
  const number = await takeNumber(acting.executor, 'contract')
  return createRecord(acting, contractRecord, { ...fields, number })
}

/**
 * From here on nothing of the contract changes but who has signed it. One about a quote is with the company the quote was
 * made to, which is billed, and is for the quote's event. One that was sent already stays as it is. Throws NOT_FOUND,
 * STALE_WRITE, RULE_VIOLATED.
 */
export async function sendContract(acting: Acting, at: RecordVersion): Promise<Contract> {
  const before = await lockRecord(acting.executor, contractRecord, at)
  if (open.some((status) => status === before.status)) return before
  assertStatus(before, ['draft'], 'This contract can no longer be sent.')
  if (before.bodyHtml.trim() === '') refuse('There is nothing to sign.', 'bodyHtml')
  if (before.signers.length === 0) refuse('Nobody is to sign.', 'signers')
  const quote = before.quoteId === null ? undefined : await readQuote(acting.executor, before.quoteId)
  if (quote !== undefined && quote.accountId !== before.accountId)
    refuse('The quote was made to another company.', 'accountId')
  if (quote?.status === 'withdrawn') refuse('The quote of this contract was withdrawn.', 'quoteId')
  const eventId = quote?.eventId ?? before.eventId
  const sentAt = await transactionTime(acting.executor)
  if (before.expiresAt !== null && Date.parse(before.expiresAt) <= Date.parse(sentAt))
    refuse('The time to sign would be over already.', 'expiresAt')
  return writeChange(acting, contractRecord, before, { status: 'sent', sentAt, eventId }, { action: 'sent' })
}

/** A signer has seen it; only the first time is remembered. */
export async function viewContract(acting: Acting, { id, signerId }: Signing): Promise<Contract> {
  const before = await lockAndRead(acting.executor, contractRecord, id)
  if (!open.some((status) => status === before.status)) return before
  await acting.executor.run(setViewed, { signerId })
  return writeChange(acting, contractRecord, before, before.status === 'sent' ? { status: 'viewed' } : {}, {
    action: 'viewed',
  })
}

/**
 * Keeps a signature with the hash of what was signed; the last one completes the contract. `bodySha256` is what the signer
 * has read. Throws NOT_FOUND, and RULE_VIOLATED when it is not their turn, or no longer.
 */
export async function signContract(
  acting: Acting,
  { id, signerId, signature, bodySha256, ip, userAgent }: Signing & SignatureGiven,
): Promise<Contract> {
  const { executor } = acting
  const before = await lockAndRead(executor, contractRecord, id)
  assertStatus(before, open, 'This contract cannot be signed any more.')
  if (before.bodySha256 !== bodySha256) refuse('This is not the text of the contract. Read it again.', 'bodySha256')
  const signer = before.signers.find((each) => each.id === signerId)
  if (signer === undefined) throw new TenantryError('NOT_FOUND')
  if (signer.signedAt !== null) refuse('You have signed this contract already.')
  const waitsFor = before.signers.some((each) => each.signedAt === null && each.signOrder < signer.signOrder)
  if (waitsFor) refuse('Somebody else signs before you.')
  const now = await transactionTime(executor)
  const { kind, value, consent } = signature
  await executor.run(setSigned, { signerId, kind, value, consent, ip, userAgent })
  const names = signedBy({
    signers: before.signers.map((each) => (each.id === signerId ? { ...each, signedAt: now } : each)),
  })
  const isLast = names.length === before.signers.length
  const changes = isLast ? { status: 'completed', completedAt: now } : { status: 'signed' }
  return writeChange(
    acting,
    contractRecord,
    before,
    { ...changes, signedBy: names },
    { action: isLast ? 'completed' : 'signed' },
  )
}

/** One signer who does not want to ends it for all. */
export async function declineContract(
  acting: Acting,
  { id, signerId, reason }: Signing & { reason: string | null },
): Promise<Contract> {
  const before = await lockAndRead(acting.executor, contractRecord, id)
  assertStatus(before, open, 'This contract cannot be declined any more.')
  await acting.executor.run(setDeclined, { signerId })
  return writeChange(
    acting,
    contractRecord,
    before,
    { status: 'declined', voidedReason: reason },
    { action: 'declined' },
  )
}

/** Takes back a contract that was sent and is not complete. Throws NOT_FOUND, STALE_WRITE, RULE_VIOLATED. */
export async function voidContract(
  acting: Acting,
  { reason, ...at }: RecordVersion & { reason: string },
): Promise<Contract> {
  const before = await lockRecord(acting.executor, contractRecord, at)
  assertStatus(before, [...open, 'expired'], 'Only a contract that waits for signatures can be voided.')
  return writeChange(acting, contractRecord, before, { status: 'voided', voidedReason: reason }, { action: 'voided' })
}

/** Says which file shows a complete contract with its signatures, once. Throws NOT_FOUND, RULE_VIOLATED. */
export async function keepSignedFile(
  acting: Acting,
  { id, attachmentId }: { id: string; attachmentId: string },
): Promise<Contract> {
  const before = await lockAndRead(acting.executor, contractRecord, id)
  assertStatus(before, ['completed'], 'Not everybody has signed this contract.')
  if (before.signedPdfAttachmentId !== null) refuse('The signed contract is kept already.')
  return writeChange(acting, contractRecord, before, { signedPdfAttachmentId: attachmentId }, { action: 'linked' })
}

/**
 * Takes back every contract about a quote that waits for signatures or was not sent yet. Throws RULE_VIOLATED for one that
 * somebody has signed, and FORBIDDEN for one that its reader may not change.
 */
export async function voidContractsOf(
  acting: Acting,
  { quoteId, reason }: { quoteId: string; reason: string },
): Promise<Contract[]> {
  const voided: Contract[] = []
  for (const { id } of await acting.executor.run(standingOf, { quoteId })) {
    const before = await lockAndRead(acting.executor, contractRecord, id)
    if (before.deletedAt !== null || !isStanding(before)) continue
    if (signedBy(before).length > 0) refuse('Somebody has signed the contract about this quote already. Void it first.')
    const changes = { status: 'voided', voidedReason: reason }
    voided.push(await writeChange(acting, contractRecord, before, changes, { action: 'voided' }))
  }
  return voided
}

function isStanding({ status }: Contract): boolean {
  return status === 'draft' || status === 'expired' || open.some((word) => word === status)
}

/** A signer of a contract. */
export interface Signing {
  id: string
  signerId: string
}
export interface SignatureGiven {
  signature: Signature
  bodySha256: string
  ip: string | null
  userAgent: string | null
}

function refuse(message: string, field?: string): never {
  throw new TenantryError('RULE_VIOLATED', { message, ...(field !== undefined && { data: { field } }) })
}

/** In one order, so that nobody waits in a circle. */
const standingOf = statement<{ quoteId: string }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    select id from ${contracts} where quote_id = ${sql.placeholder('quoteId')} and deleted_at is null
      and status in ('draft', 'sent', 'viewed', 'signed') order by id`),
)

const signerId = sql.placeholder('signerId')
const setViewed = statement<{ signerId: string }, never>((db) =>
  db.execute(sql`update ${contractSigners} set viewed_at = coalesce(viewed_at, now()) where id = ${signerId}`),
)
const setDeclined = statement<{ signerId: string }, never>((db) =>
  db.execute(sql`update ${contractSigners} set declined_at = now() where id = ${signerId}`),
)
/** The hash is that of the contract's own body, whatever the signer's browser says. */
const setSigned = statement<Record<string, unknown>, never>((db) =>
  db.execute(sql`
    update ${contractSigners} s set signed_at = now(), signature_kind = ${sql.placeholder('kind')},
      signature_value = ${sql.placeholder('value')}, consent_text = ${sql.placeholder('consent')},
      ip = ${sql.placeholder('ip')}::inet, user_agent = ${sql.placeholder('userAgent')},
      signed_body_sha256 = (select c.body_sha256 from crm.contracts c where c.id = s.contract_id)
    where s.id = ${signerId}`),
)
