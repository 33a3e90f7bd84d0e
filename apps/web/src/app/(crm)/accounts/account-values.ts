import type { Account, AccountInput } from '@tenantry/contracts/accounts'
import type { UserId } from '@tenantry/contracts/ids'
import type { z } from 'zod'

/** What the form of an account holds. */
export type AccountValues = z.input<typeof AccountInput>

/** The fields of a record that its form holds. */
export function accountValues(account: Account) {
  return {
    name: account.name,
    kind: account.kind,
    status: account.status,
    ownerId: account.ownerId,
    parentAccountId: account.parentAccountId,
    email: account.email,
    phone: account.phone,
    website: account.website,
    industry: account.industry,
    source: account.source,
    taxId: account.taxId,
    defaultCurrency: account.defaultCurrency,
    paymentTermsDays: account.paymentTermsDays,
    billingLine1: account.billingLine1,
    billingLine2: account.billingLine2,
    billingCity: account.billingCity,
    billingRegion: account.billingRegion,
    billingPostalCode: account.billingPostalCode,
    billingCountry: account.billingCountry,
    timeZone: account.timeZone,
    locale: account.locale,
    description: account.description,
    custom: account.custom,
  } satisfies AccountValues
}

/** A new account belongs to whoever adds it. */
export function newAccountValues(ownerId: UserId): AccountValues {
  return {
    name: '',
    kind: 'company',
    status: 'active',
    ownerId,
    parentAccountId: null,
    email: null,
    phone: null,
    website: null,
    industry: null,
    source: null,
    taxId: null,
    defaultCurrency: null,
    paymentTermsDays: null,
    billingLine1: null,
    billingLine2: null,
    billingCity: null,
    billingRegion: null,
    billingPostalCode: null,
    billingCountry: null,
    timeZone: null,
    locale: null,
    description: null,
    custom: {},
  }
}
