import type { SignatureKind } from '@tenantry/contracts/contracts'
import { signatureWordsOf } from '@tenantry/documents/signature-words'
import type { TenantReader } from '@tenantry/tenant-db/types'

/** The sentence for each kind of signature, in the language in which the company speaks to its customers. */
export async function consentsOf(db: TenantReader): Promise<Record<SignatureKind, string>> {
  return signatureWordsOf((await db.company.find())?.locale ?? 'en').consent
}
