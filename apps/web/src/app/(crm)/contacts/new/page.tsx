import { AccountId } from '@tenantry/contracts/ids'
import type { Metadata } from 'next'
import { NeedsWriting } from '../../../../components/shell/needs-writing.tsx'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { NewContact } from './new-contact.tsx'

export const metadata: Metadata = { title: 'New contact' }

/** `?account=…` starts with a company already linked. */
export default async function NewContactPage({ searchParams }: PageProps<'/contacts/new'>) {
  const account = AccountId.safeParse((await searchParams).account)
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.query(api.people.list.queryOptions()),
        cache.query(api.customFields.list.queryOptions({ entity: 'contact', show: 'all' })),
      ]}
    >
      <NeedsWriting>
        <NewContact accountId={account.data ?? null} />
      </NeedsWriting>
    </Hydrated>
  )
}
