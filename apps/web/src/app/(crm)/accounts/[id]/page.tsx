import { AccountId } from '@tenantry/contracts/ids'
import { notFound } from 'next/navigation'
import { AccountRecord } from '../account-record.tsx'

export default async function AccountPage({ params }: { params: Promise<{ id: string }> }) {
  const id = AccountId.safeParse((await params).id)
  if (!id.success) notFound()
  return <AccountRecord id={id.data} />
}
