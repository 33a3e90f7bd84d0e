import { ContactId } from '@tenantry/contracts/ids'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NeedsWriting } from '../../../../../components/shell/needs-writing.tsx'
import { Hydrated } from '../../../../../trpc/hydrated.tsx'
import { ContactEditorPage } from '../../contact-editor.tsx'

export const metadata: Metadata = { title: 'Edit contact' }

export default async function EditContactPage({ params }: PageProps<'/contacts/[id]/edit'>) {
  const id = ContactId.safeParse((await params).id)
  if (!id.success) notFound()
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.query(api.contacts.byId.queryOptions({ id: id.data })),
        cache.query(api.customFields.list.queryOptions({ entity: 'contact', show: 'all' })),
        cache.query(api.people.list.queryOptions()),
      ]}
    >
      <NeedsWriting>
        <ContactEditorPage id={id.data} />
      </NeedsWriting>
    </Hydrated>
  )
}
