import type { Metadata } from 'next'
import { NeedsWriting } from '../../../../components/shell/needs-writing.tsx'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { NewAccount } from './new-account.tsx'

export const metadata: Metadata = { title: 'New account' }

export default function NewAccountPage() {
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.query(api.people.list.queryOptions()),
        cache.query(api.customFields.list.queryOptions({ entity: 'account', show: 'all' })),
      ]}
    >
      <NeedsWriting>
        <NewAccount />
      </NeedsWriting>
    </Hydrated>
  )
}
