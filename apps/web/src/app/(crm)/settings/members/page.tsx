import type { Metadata } from 'next'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { Members } from './members.tsx'

export const metadata: Metadata = { title: 'Members' }

export default function MembersPage() {
  return (
    <Hydrated queries={(api, cache) => [cache.query(api.members.list.queryOptions())]}>
      <Members />
    </Hydrated>
  )
}
