import { TenantryError } from '@tenantry/errors'

/** What the old rows do not say of themselves and every conversion needs. */
export interface Company {
  /** What the old tables call it. */
  legacyTenantId: string
  /** ISO 4217: the old amounts have none. */
  currency: string
  /** Decimals of its smallest unit. */
  exponent: number
  /** IANA zone: the old dates and times have none. */
  timeZone: string
  /** Of telephone numbers that are not written internationally: `1`, `49`. Undefined when the company's country has none here. */
  callingCode: string | undefined
  /** People who may own records. */
  memberIds: readonly string[]
}

/** Everything of it stands in SQL text, since COPY takes no parameters, so only plain values are let through. */
export function assertPlain(company: Company): void {
  const isPlain =
    [company.legacyTenantId, ...company.memberIds].every((id) => uuid.test(id)) &&
    /^[A-Z]{3}$/.test(company.currency) &&
    /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/.test(company.timeZone) &&
    (company.callingCode === undefined || /^[1-9][0-9]{0,2}$/.test(company.callingCode)) &&
    Number.isInteger(company.exponent)
  if (!isPlain) {
    throw new TenantryError('CONFIGURATION_INVALID', {
      message: 'An id, currency or zone of the company is not valid.',
    })
  }
}

export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Of the region in a locale such as `en-US`; the countries event businesses have asked for so far. */
export function callingCodeOf(locale: string): string | undefined {
  return callingCodes[new Intl.Locale(locale).maximize().region ?? '']
}

const callingCodes: Record<string, string> = {
  US: '1',
  CA: '1',
  GB: '44',
  IE: '353',
  DE: '49',
  AT: '43',
  CH: '41',
  FR: '33',
  BE: '32',
  NL: '31',
  ES: '34',
  PT: '351',
  IT: '39',
  SE: '46',
  NO: '47',
  DK: '45',
  FI: '358',
  PL: '48',
  AU: '61',
  NZ: '64',
  JP: '81',
  IN: '91',
  ZA: '27',
  BR: '55',
  MX: '52',
}

/** Decimals of the smallest unit, as ISO 4217 and `crm.currencies` have them. */
export function exponentOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}
