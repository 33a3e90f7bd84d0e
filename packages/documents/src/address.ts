import type { BillTo } from '@tenantry/contracts/invoices'

/** Who an invoice is to, a line each. */
export function addressOf(billTo: BillTo | null, locale: string): string[] {
  if (billTo === null) return []
  const { name, line1, line2, country, taxId } = billTo
  const land = country && (new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country)
  return [name, line1, line2, ...townOf(billTo), land, taxId].filter((line): line is string => Boolean(line))
}

/** Where the post of a country wants the code; elsewhere it stands before the town. */
const codeLast = new Set(['US', 'CA', 'AU', 'GB', 'IE', 'IN', 'NZ'])

function townOf({ postalCode, city, region, country }: BillTo): string[] {
  if (!codeLast.has(country ?? '')) return [[postalCode, city].filter(Boolean).join(' '), region ?? '']
  const place = [city, region].filter(Boolean).join(', ')
  return [[place, postalCode].filter(Boolean).join(' ')]
}
