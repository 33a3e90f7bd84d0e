import { AccountId } from '@tenantry/contracts/ids'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NeedsWriting } from '../../../../../components/shell/needs-writing.tsx'
import { Hydrated } from '../../../../../trpc/hydrated.tsx'
import { AccountEditorPage } from '../../account-editor.tsx'

export const metadata: Metadata = { title: 'Edit account' }

export default async function EditAccountPage({ params }: PageProps<'/accounts/[id]/edit'>) {
  const id = AccountId.safeParse((await params).id)
  if (!id.success) notFound()
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.query(api.accounts.byId.queryOptions({ id: id.data })),
        cache.query(api.customFields.list.queryOptions({ entity: 'account', show: 'all' })),
        cache.query(api.people.list.queryOptions()),
      ]}
    >
      <NeedsWriting>
        <AccountEditorPage id={id.data} />
      </NeedsWriting>
    </Hydrated>
  )
}
