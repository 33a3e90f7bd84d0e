'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Contact } from '@tenantry/contracts/contacts'
import type { ContactId } from '@tenantry/contracts/ids'
import { inPages } from '../../../components/list/list-parsers.ts'
import { uniqueRows } from '../../../components/list/unique-rows.ts'
import { CustomDetails } from '../../../components/custom-fields/custom-details.tsx'
import { Activity } from '../../../components/record/activity.tsx'
import { RecordFailure } from '../../../components/record/record-failure.tsx'
import { RecordPage } from '../../../components/record/record-page.tsx'
import { timelinePage } from '../../../components/record/timeline-page.ts'
import { Timeline } from '../../../components/record/timeline.tsx'
import { useMay } from '../../../components/shell/use-session.ts'
import { SkeletonRecord } from '../../../components/ui/skeleton.tsx'
import { useTRPC } from '../../../trpc/client.tsx'
import { ContactBadges } from './contact-columns.tsx'
import { ContactDetails } from './contact-details.tsx'
import { ContactAccounts, ContactOpportunities } from './contact-related.tsx'
import { useContactActions } from './use-contact-actions.ts'

const list = { title: 'Contacts', href: '/contacts' }

export function ContactRecord({ id }: { id: ContactId }) {
  const trpc = useTRPC()
  const record = useQuery(trpc.contacts.byId.queryOptions({ id }))
  if (record.data !== undefined) return <Loaded contact={record.data} />
  if (record.error === null) return <SkeletonRecord />
  return <RecordFailure noun="contact" list={list} error={record.error} onRetry={() => void record.refetch()} />
}

function Loaded({ contact }: { contact: Contact }) {
  const trpc = useTRPC()
  const { id } = contact
  const mayWrite = useMay('records.write')
  const actions = useContactActions(contact)
  const timeline = useInfiniteQuery(trpc.contacts.timeline.infiniteQueryOptions({ id, limit: timelinePage }, inPages))
  return (
    <RecordPage
      list={list}
      editHref={`/contacts/${id}/edit`}
      title={contact.displayName}
      badges={<ContactBadges contact={contact} />}
      state={contact}
      actions={actions}
      timeline={
        <>
          <Timeline
            noun="contact"
            changes={uniqueRows(timeline.data?.pages)}
            error={timeline.error}
            hasMore={timeline.hasNextPage}
            isLoadingMore={timeline.isFetchingNextPage}
            onMore={() => void timeline.fetchNextPage()}
            onRetry={() => void timeline.refetch()}
            isUndoing={actions.isBusy}
            onUndo={mayWrite ? (change) => void actions.undo(change) : undefined}
          />
          <Activity entity="contact" id={id} />
        </>
      }
    >
      <ContactDetails contact={contact} />
      <CustomDetails entity="contact" custom={contact.custom} />
      <ContactAccounts contact={contact} />
      <ContactOpportunities id={id} />
    </RecordPage>
  )
}
