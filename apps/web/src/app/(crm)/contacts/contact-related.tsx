'use client'

import { useQuery } from '@tanstack/react-query'
import type { Contact } from '@tenantry/contracts/contacts'
import type { ContactId } from '@tenantry/contracts/ids'
import Link from 'next/link'
import { RelatedCard } from '../../../components/record/related-card.tsx'
import { useTenantFormat } from '../../../components/shell/use-session.ts'
import { Badge } from '../../../components/ui/badge.tsx'
import { Card } from '../../../components/ui/card.tsx'
import { formatDate } from '../../../format/dates.ts'
import { formatMoney } from '../../../format/money.ts'
import { useTRPC } from '../../../trpc/client.tsx'
import { StageBadge } from '../opportunities/stage-badge.tsx'

const limit = 5

export function ContactAccounts({ contact }: { contact: Contact }) {
  const { locale } = useTenantFormat()
  const since = ({ startedOn }: { startedOn: string | null }) => startedOn && `since ${formatDate(startedOn, locale)}`
  const span = ({ startedOn, endedOn }: Contact['formerAccounts'][number]) =>
    startedOn === null
      ? `until ${formatDate(endedOn, locale)}`
      : `${formatDate(startedOn, locale)} to ${formatDate(endedOn, locale)}`
  return (
    <Card title="Accounts" className="p-0">
      {contact.accounts.length === 0 && <p className="px-4 py-3.5 text-muted">In no account.</p>}
      <ul className="divide-y divide-line">
        {contact.accounts.map((link) => (
          <li key={link.id} className="relative flex items-center gap-3 px-4 py-2.5 hover:bg-sunken/60">
            <div className="min-w-0 flex-1">
              <Link
                href={`/accounts/${link.accountId}`}
                className="block truncate font-medium after:absolute after:inset-0"
              >
                {link.accountName}
              </Link>
              <LinkLine parts={[link.role, since(link)]} />
            </div>
            {link.isPrimary && contact.accounts.length > 1 && <Badge>Main</Badge>}
          </li>
        ))}
        {contact.formerAccounts.map((link) => (
          <li key={link.id} className="relative px-4 py-2.5 hover:bg-sunken/60">
            <Link href={`/accounts/${link.accountId}`} className="block truncate after:absolute after:inset-0">
              {link.accountName}
            </Link>
            <LinkLine parts={[link.role, span(link)]} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function LinkLine({ parts }: { parts: (string | null)[] }) {
  const said = parts.filter(Boolean)
  return said.length > 0 && <p className="truncate text-[13px] text-muted">{said.join(' · ')}</p>
}

export function ContactOpportunities({ id }: { id: ContactId }) {
  const trpc = useTRPC()
  const { locale } = useTenantFormat()
  const opportunities = useQuery(
    trpc.opportunities.list.queryOptions({ filters: { contactId: id }, sort: 'updatedAt', order: 'desc', limit }),
  )
  return (
    <RelatedCard
      title="Opportunities"
      rows={opportunities.data?.rows}
      error={opportunities.error}
      hasMore={opportunities.data?.nextCursor != null}
      allHref={`/opportunities?contact=${id}`}
      newHref={`/opportunities/new?contact=${id}`}
      newLabel="Add opportunity"
      hrefOf={(row) => `/opportunities/${row.id}`}
      nameOf={(row) => row.name}
      detail={(row) => row.accountName ?? row.eventType ?? row.ownerName}
      end={(row) => (
        <>
          <StageBadge name={row.stageName} kind={row.stageKind} />
          <span className="tabular-nums">{formatMoney(row.amountMinor, row.currency, locale)}</span>
        </>
      )}
    />
  )
}
