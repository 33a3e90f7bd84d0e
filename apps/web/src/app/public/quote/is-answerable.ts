import type { PublicQuote } from '@tenantry/contracts/public-links'

export function isAnswerable({ status, isExpired }: Pick<PublicQuote, 'status' | 'isExpired'>): boolean {
  return (status === 'sent' || status === 'viewed') && !isExpired
}
