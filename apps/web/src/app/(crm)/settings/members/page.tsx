'use client'

import { useQuery } from '@tanstack/react-query'
import { Failure } from '../../../../components/failure.tsx'
import { Badge } from '../../../../components/ui/badge.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'

export default function MembersPage() {
  const trpc = useTRPC()
  const members = useQuery(trpc.members.list.queryOptions())
  if (members.error !== null) return <Failure error={members.error} onRetry={() => void members.refetch()} />
  if (members.data === undefined) return <SkeletonRows />
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-card">
      {members.data.map((member) => (
        <li key={member.userId} className="flex flex-wrap items-center gap-2 px-4 py-3">
          <div className="min-w-0 flex-1">
            <p className="truncate font-medium">{member.name}</p>
            <p className="truncate text-muted">{member.email}</p>
          </div>
          {member.status !== 'active' && <Badge tone="warn">{member.status}</Badge>}
          <Badge tone="brand">{member.role.replace('_', ' ')}</Badge>
        </li>
      ))}
    </ul>
  )
}
