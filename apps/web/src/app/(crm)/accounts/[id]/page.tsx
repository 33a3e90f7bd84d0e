import { AccountId } from '@tenantry/contracts/ids'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { inPages } from '../../../../components/list/list-parsers.ts'
import { activityQuery } from '../../../../components/record/activity-query.ts'
import { timelinePage } from '../../../../components/record/timeline-page.ts'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { AccountRecord } from '../account-record.tsx'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountPage({ params }: PageProps<'/accounts/[id]'>) {
  const parsed = AccountId.safeParse((await params).id)
  if (!parsed.success) notFound()
  const id = parsed.data
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.query(api.accounts.byId.queryOptions({ id })),
        cache.query(api.customFields.list.queryOptions({ entity: 'account', show: 'all' })),
        cache.infiniteQuery(api.accounts.timeline.infiniteQueryOptions({ id, limit: timelinePage }, inPages)),
        cache.infiniteQuery(api.about.timeline.infiniteQueryOptions(activityQuery('account', id), inPages)),
      ]}
    >
      <AccountRecord id={id} />
    </Hydrated>
  )
}
