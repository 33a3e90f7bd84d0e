'use client'

import { useQuery } from '@tanstack/react-query'
import type { AccountId } from '@tenantry/contracts/ids'
import { RelatedCard } from '../../../components/record/related-card.tsx'
import { useTenantFormat } from '../../../components/shell/use-session.ts'
import { formatMoney } from '../../../format/money.ts'
import { useTRPC } from '../../../trpc/client.tsx'
import { StageBadge } from '../opportunities/stage-badge.tsx'

const limit = 5

export function AccountContacts({ id }: { id: AccountId }) {
  const trpc = useTRPC()
  const contacts = useQuery(trpc.contacts.list.queryOptions({ filters: { accountId: id }, limit }))
  return (
    <RelatedCard
      title="Contacts"
      rows={contacts.data?.rows}
      error={contacts.error}
      hasMore={contacts.data?.nextCursor != null}
      allHref={`/contacts?account=${id}`}
      newHref={`/contacts/new?account=${id}`}
      newLabel="Add contact"
      hrefOf={(row) => `/contacts/${row.id}`}
      nameOf={(row) => row.displayName}
      detail={(row) => [row.jobTitle, row.email ?? row.phone].filter(Boolean).join(' · ')}
      end={() => null}
    />
  )
}

export function AccountOpportunities({ id }: { id: AccountId }) {
  const trpc = useTRPC()
  const { locale } = useTenantFormat()
  const opportunities = useQuery(
    trpc.opportunities.list.queryOptions({ filters: { accountId: id }, sort: 'updatedAt', order: 'desc', limit }),
  )
  return (
    <RelatedCard
      title="Opportunities"
      rows={opportunities.data?.rows}
      error={opportunities.error}
      hasMore={opportunities.data?.nextCursor != null}
      allHref={`/opportunities?account=${id}`}
      newHref={`/opportunities/new?account=${id}`}
      newLabel="Add opportunity"
      hrefOf={(row) => `/opportunities/${row.id}`}
      nameOf={(row) => row.name}
      detail={(row) => row.contactName ?? row.eventType ?? row.ownerName}
      end={(row) => (
        <>
          <StageBadge name={row.stageName} kind={row.stageKind} />
          <span className="tabular-nums">{formatMoney(row.amountMinor, row.currency, locale)}</span>
        </>
      )}
    />
  )
}
