'use client'

import type { Account } from '@tenantry/contracts/accounts'
import Link from 'next/link'
import { CustomDetails } from '../../../components/custom-fields/custom-details.tsx'
import { Details, Prose } from '../../../components/record/details.tsx'
import { AccountName } from '../../../components/record/names.tsx'
import { EmailLink, PhoneLink, WebsiteLink } from '../../../components/record/reach-link.tsx'
import { useTenantFormat } from '../../../components/shell/use-session.ts'
import { localeName } from '../../../format/choices.ts'
import { countryName } from '../../../format/countries.ts'
import { formatInstant } from '../../../format/dates.ts'
import { accountKindLabels } from '../../../format/labels.ts'

export function AccountDetails({ account }: { account: Account }) {
  const { locale, timeZone } = useTenantFormat()
  const terms = account.paymentTermsDays
  return (
    <>
      <Details
        title="Details"
        items={[
          ['Kind', accountKindLabels[account.kind]],
          ['Owner', account.ownerName],
          ['E-mail', account.email && <EmailLink email={account.email} />],
          ['Phone', account.phone && <PhoneLink phone={account.phone} />],
          ['Website', account.website && <WebsiteLink url={account.website} />],
          [
            'Part of',
            account.parentAccountId && (
              <Link href={`/accounts/${account.parentAccountId}`} className="text-brand hover:underline">
                <AccountName id={account.parentAccountId} />
              </Link>
            ),
          ],
          ['Billing address', addressOf(account, locale)],
          ['Industry', account.industry],
          ['Source', account.source],
          ['Tax number', account.taxId],
          ['Currency', account.defaultCurrency],
          ['Payment terms', terms === null ? null : terms === 1 ? '1 day' : `${terms} days`],
          ['Language and region', account.locale && localeName(account.locale, locale)],
          ['Time zone', account.timeZone?.replaceAll('_', ' ')],
          ['Created', formatInstant(account.createdAt, locale, timeZone)],
        ]}
      />
      <CustomDetails entity="account" custom={account.custom} />
      <Prose title="Description" text={account.description} />
    </>
  )
}

/** The lines of an address that are filled in; null when none is. */
function addressOf(account: Account, locale: string) {
  const town = [account.billingPostalCode, account.billingCity].filter(Boolean).join(' ')
  const country = account.billingCountry && countryName(account.billingCountry, locale)
  const lines = [account.billingLine1, account.billingLine2, town, account.billingRegion, country].filter(Boolean)
  return lines.length === 0 ? null : <span className="whitespace-pre-line">{lines.join('\n')}</span>
}
