import { ContactId } from '@tenantry/contracts/ids'
import { notFound } from 'next/navigation'
import { ContactRecord } from '../contact-record.tsx'

export default async function ContactPage({ params }: { params: Promise<{ id: string }> }) {
  const id = ContactId.safeParse((await params).id)
  if (!id.success) notFound()
  return <ContactRecord id={id.data} />
}
