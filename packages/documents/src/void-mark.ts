import type { ContractStatus } from '@tenantry/contracts/contracts'
import type { PublicInvoice, PublicQuote } from '@tenantry/contracts/public-links'
import type { Words } from './words/words.ts'

/** Why a document counts for nothing any more, as it says on each of its pages. */
export type VoidMark = keyof Words['notValid']

export function voidMarkOfQuote({
  status,
  isExpired,
}: Pick<PublicQuote, 'status' | 'isExpired'>): VoidMark | undefined {
  if (status === 'declined' || status === 'superseded' || status === 'withdrawn') return status
  return isExpired ? 'expired' : undefined
}

export function voidMarkOfContract(status: ContractStatus): VoidMark | undefined {
  return status === 'declined' || status === 'voided' || status === 'expired' ? status : undefined
}

/** One that was written off is still owed. */
export function voidMarkOfInvoice({ state }: Pick<PublicInvoice, 'state'>): VoidMark | undefined {
  return state === 'void' ? 'void' : undefined
}
