import type { Metadata } from 'next'
import { inPages } from '../../../components/list/list-parsers.ts'
import { Hydrated } from '../../../trpc/hydrated.tsx'
import { contactListQuery, loadContactList } from './contact-list-state.ts'
import { ContactList } from './contact-list.tsx'

export const metadata: Metadata = { title: 'Contacts' }

export default async function ContactsPage({ searchParams }: PageProps<'/contacts'>) {
  const query = contactListQuery(await loadContactList(searchParams))
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.infiniteQuery(api.contacts.list.infiniteQueryOptions(query, inPages)),
        cache.query(api.contacts.count.queryOptions(query)),
      ]}
    >
      <ContactList />
    </Hydrated>
  )
}
