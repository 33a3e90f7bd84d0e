'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Contact } from '@tenantry/contracts/contacts'
import type { ContactId } from '@tenantry/contracts/ids'
import { inPages } from '../../../components/list/list-parsers.ts'
import { CustomDetails } from '../../../components/custom-fields/custom-details.tsx'
import { RecordFailure } from '../../../components/record/record-failure.tsx'
import { RecordHistory } from '../../../components/record/record-history.tsx'
import { RecordPage } from '../../../components/record/record-page.tsx'
import { timelinePage } from '../../../components/record/timeline-page.ts'
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
      timeline={<RecordHistory entity="contact" id={id} query={timeline} actions={actions} />}
    >
      <ContactDetails contact={contact} />
      <CustomDetails entity="contact" custom={contact.custom} />
      <ContactAccounts contact={contact} />
      <ContactOpportunities id={id} />
    </RecordPage>
  )
}
