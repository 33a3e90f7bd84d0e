import type { PublicContract, PublicInvoice, PublicQuote } from '@tenantry/contracts/public-links'

/** A contract without whose eyes it is seen by, and with how it was signed. */
export interface ContractDocument extends Omit<PublicContract, 'signer' | 'consents'> {
  /** Of those who have signed. */
  evidence: {
    name: string
    email: string
    signedAt: string
    /** The sentence that they have agreed to. */
    consent: string
    /** Where they were in the internet, as far as it is known. */
    ip: string | null
  }[]
}

/** What can be made a PDF of, as customers see it and no more. */
export type DocumentView =
  | { kind: 'quote'; document: PublicQuote }
  | { kind: 'contract'; document: ContractDocument }
  | { kind: 'invoice'; document: PublicInvoice }

/** Who waits for a document: people and mails of a company, or whoever has a public link. */
export type Reader = 'staff' | 'public'

/** What the file is called: its kind and its number, in letters that every system takes. */
export function documentFileName({ kind, document }: DocumentView): string {
  const number = (document.number ?? 'draft').replaceAll(/[^A-Za-z0-9._-]+/g, '-')
  return `${kind}-${number}.pdf`
}
