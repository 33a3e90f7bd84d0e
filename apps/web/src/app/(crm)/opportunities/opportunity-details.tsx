'use client'

import type { Opportunity } from '@tenantry/contracts/opportunities'
import Link from 'next/link'
import { Ago } from '../../../components/ago.tsx'
import { Details } from '../../../components/record/details.tsx'
import { useTenantFormat } from '../../../components/shell/use-session.ts'
import { formatDate, formatInstant } from '../../../format/dates.ts'
import { forecastLabels } from '../../../format/labels.ts'
import { formatMoney } from '../../../format/money.ts'

export function OpportunityDetails({ opportunity }: { opportunity: Opportunity }) {
  const { locale, timeZone } = useTenantFormat()
  const { currency } = opportunity
  return (
    <Details
      title="Details"
      items={[
        [
          'Amount',
          <span key="amount" className="text-base font-semibold tabular-nums">
            {formatMoney(opportunity.amountMinor, currency, locale)}
          </span>,
        ],
        [
          'Expected',
          <span key="expected" className="tabular-nums">
            {formatMoney(opportunity.expectedMinor, currency, locale)}
          </span>,
        ],
        ['Odds', `${opportunity.probability} %${opportunity.probabilityOverridden ? ', set by hand' : ''}`],
        ['Forecast', forecastLabels[opportunity.forecastCategory]],
        ['Account', opportunity.accountId && recordLink(`/accounts/${opportunity.accountId}`, opportunity.accountName)],
        ['Contact', opportunity.contactId && recordLink(`/contacts/${opportunity.contactId}`, opportunity.contactName)],
        ['Owner', opportunity.ownerName],
        ['Kind of event', opportunity.eventType],
        ['Closes on', opportunity.expectedCloseOn && formatDate(opportunity.expectedCloseOn, locale)],
        ['Next step', opportunity.nextStep],
        ['In this stage since', <Ago key="since" instant={opportunity.stageEnteredAt} />],
        ['Closed', opportunity.closedAt && formatInstant(opportunity.closedAt, locale, timeZone)],
        ['Lost because', opportunity.lostReason],
        ['Created', formatInstant(opportunity.createdAt, locale, timeZone)],
      ]}
    />
  )
}

function recordLink(href: string, name: string | null) {
  return (
    <Link href={href} className="text-brand underline decoration-brand/30 underline-offset-2 hover:decoration-brand">
      {name ?? 'Open'}
    </Link>
  )
}
