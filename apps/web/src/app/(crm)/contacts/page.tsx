import type { Metadata } from 'next'
import { inPages } from '../../../components/list/list-address.ts'
import { Hydrated } from '../../../trpc/hydrated.tsx'
import { contactAddress } from './contact-address.ts'
import { ContactList } from './contact-list.tsx'

export const metadata: Metadata = { title: 'Contacts' }

export default async function ContactsPage({ searchParams }: PageProps<'/contacts'>) {
  const query = await contactAddress.queryIn(searchParams)
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
