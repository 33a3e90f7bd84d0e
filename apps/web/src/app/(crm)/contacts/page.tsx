import type { Metadata } from 'next'
import { Suspense } from 'react'
import { SkeletonRows } from '../../../components/ui/skeleton.tsx'
import { ContactList } from './contact-list.tsx'

export const metadata: Metadata = { title: 'Contacts' }

export default function ContactsPage() {
  return (
    <Suspense fallback={<SkeletonRows />}>
      <ContactList />
    </Suspense>
  )
}
