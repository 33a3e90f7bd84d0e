import { ContactId } from '@tenantry/contracts/ids'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { inPages } from '../../../../components/list/list-parsers.ts'
import { activityQuery } from '../../../../components/record/activity-query.ts'
import { timelinePage } from '../../../../components/record/timeline-page.ts'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { ContactRecord } from '../contact-record.tsx'

export const metadata: Metadata = { title: 'Contact' }

export default async function ContactPage({ params }: PageProps<'/contacts/[id]'>) {
  const parsed = ContactId.safeParse((await params).id)
  if (!parsed.success) notFound()
  const id = parsed.data
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.query(api.contacts.byId.queryOptions({ id })),
        cache.query(api.customFields.list.queryOptions({ entity: 'contact', show: 'all' })),
        cache.infiniteQuery(api.contacts.timeline.infiniteQueryOptions({ id, limit: timelinePage }, inPages)),
        cache.infiniteQuery(api.about.timeline.infiniteQueryOptions(activityQuery('contact', id), inPages)),
      ]}
    >
      <ContactRecord id={id} />
    </Hydrated>
  )
}
