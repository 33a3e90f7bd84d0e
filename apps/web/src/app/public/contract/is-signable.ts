import type { PublicContract } from '@tenantry/contracts/public-links'

/** By whoever the link was made for. */
export function isSignable({ status, signer, expiresAt }: PublicContract): boolean {
  if (status !== 'sent' && status !== 'viewed' && status !== 'signed') return false
  return signer.signedAt === null && signer.declinedAt === null && !isOver(expiresAt)
}

function isOver(expiresAt: string | null): boolean {
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now()
}
