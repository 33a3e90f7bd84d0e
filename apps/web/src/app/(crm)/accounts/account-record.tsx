'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Account } from '@tenantry/contracts/accounts'
import type { AccountId } from '@tenantry/contracts/ids'
import { RecordFailure } from '../../../components/record/record-failure.tsx'
import { RecordHistory } from '../../../components/record/record-history.tsx'
import { RecordPage } from '../../../components/record/record-page.tsx'
import { inPages } from '../../../components/list/list-parsers.ts'
import { timelinePage } from '../../../components/record/timeline-page.ts'
import { SkeletonRecord } from '../../../components/ui/skeleton.tsx'
import { useTRPC } from '../../../trpc/client.tsx'
import { AccountStatusBadge } from './account-columns.tsx'
import { AccountDetails } from './account-details.tsx'
import { AccountContacts, AccountOpportunities } from './account-related.tsx'
import { useAccountActions } from './use-account-actions.ts'

const list = { title: 'Accounts', href: '/accounts' }

export function AccountRecord({ id }: { id: AccountId }) {
  const trpc = useTRPC()
  const record = useQuery(trpc.accounts.byId.queryOptions({ id }))
  if (record.data !== undefined) return <Loaded account={record.data} />
  if (record.error === null) return <SkeletonRecord />
  return <RecordFailure noun="account" list={list} error={record.error} onRetry={() => void record.refetch()} />
}

function Loaded({ account }: { account: Account }) {
  const trpc = useTRPC()
  const { id } = account
  const actions = useAccountActions(account)
  const timeline = useInfiniteQuery(trpc.accounts.timeline.infiniteQueryOptions({ id, limit: timelinePage }, inPages))
  return (
    <RecordPage
      list={list}
      editHref={`/accounts/${id}/edit`}
      title={account.name}
      badges={<AccountStatusBadge status={account.status} />}
      state={account}
      actions={actions}
      timeline={
        <RecordHistory
          entity="account"
          id={id}
          query={timeline}
          actions={actions}
          currency={account.defaultCurrency ?? undefined}
        />
      }
    >
      <AccountDetails account={account} />
      <AccountContacts id={id} />
      <AccountOpportunities id={id} />
    </RecordPage>
  )
}
