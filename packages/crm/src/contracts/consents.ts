import type { SignatureKind } from '@tenantry/contracts/contracts'
import { signatureWordsOf } from '@tenantry/documents/signature-words'
import type { TenantReader } from '@tenantry/tenant-db/types'

/** The sentence for each kind of signature, in a language. */
export function consentsIn(locale: string): Record<SignatureKind, string> {
  return signatureWordsOf(locale).consent
}

/** The language in which the company speaks to its customers. */
export async function localeOf(db: TenantReader): Promise<string> {
  return (await db.company.find())?.locale ?? 'en'
}
