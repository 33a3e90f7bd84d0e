import { AccountId } from '@tenantry/contracts/ids'
import { notFound } from 'next/navigation'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { AccountRecord } from '../account-record.tsx'

export default async function AccountPage({ params }: PageProps<'/accounts/[id]'>) {
  const id = AccountId.safeParse((await params).id)
  if (!id.success) notFound()
  const record = { id: id.data }
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.query(api.accounts.byId.queryOptions(record)),
        cache.query(api.accounts.timeline.queryOptions(record)),
      ]}
    >
      <AccountRecord id={id.data} />
    </Hydrated>
  )
}
