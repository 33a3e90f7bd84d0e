import { ContactId } from '@tenantry/contracts/ids'
import { notFound } from 'next/navigation'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { ContactRecord } from '../contact-record.tsx'

export default async function ContactPage({ params }: PageProps<'/contacts/[id]'>) {
  const id = ContactId.safeParse((await params).id)
  if (!id.success) notFound()
  const record = { id: id.data }
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.query(api.contacts.byId.queryOptions(record)),
        cache.query(api.contacts.timeline.queryOptions(record)),
      ]}
    >
      <ContactRecord id={id.data} />
    </Hydrated>
  )
}
